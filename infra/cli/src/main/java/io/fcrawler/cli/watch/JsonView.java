package io.fcrawler.cli.watch;

import io.fcrawler.cli.text.Output;
import io.fcrawler.client.Crawl;
import java.util.HashMap;
import java.util.Map;

/** A line of JSON for each change. */
public final class JsonView implements View {
  private final Output output;
  private final Map<String, String> last = new HashMap<>();

  public JsonView(Output output) {
    this.output = output;
  }

  @Override
  public void show(Crawl crawl) {
    String json = crawl.json().json();
    if (!json.equals(last.put(crawl.seed(), json))) {
      output.json(json);
    }
  }

  @Override
  public void endRound() {
    output.draw("");
  }
}
