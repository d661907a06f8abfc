package io.fcrawler.client;

import java.util.List;

/** The audit of a crawl: its counters beside what the stored state itself adds up to. */
public record Receipt(JsonObject json) {
  public String verdict() {
    return json.text("verdict");
  }

  public boolean isClean() {
    return verdict().equals("clean");
  }

  /** URLs that are stored as seen. */
  public long fingerprints() {
    return json.number("fingerprints");
  }

  /** A line for each number that differs. */
  public List<String> differences() {
    return json.texts("differences");
  }
}
