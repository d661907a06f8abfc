package io.fcrawler.standalone.demo;

import java.util.List;

/** The audit of a crawl, as the API tells it. */
record Receipt(String verdict, long fingerprints, List<String> differences) {
  Receipt {
    differences = List.copyOf(differences);
  }

  boolean isClean() {
    return verdict.equals("clean");
  }
}
