package io.fcrawler.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fcrawler.logging.Printable;
import io.fcrawler.seed.Seed;
import io.fcrawler.store.Audit;
import java.io.PrintStream;
import java.util.List;

/**
 * What {@code audit} prints: each seed that differs as soon as it is found, since there may be more
 * than fit into memory, and then the numbers. As lines, or all as one JSON object.
 */
final class AuditAnswer {
  private static final String OPENING = "{\"differences\":[";

  private final PrintStream out;
  private final boolean json;
  private String before = OPENING;

  AuditAnswer(PrintStream out, boolean json) {
    this.out = out;
    this.json = json;
  }

  void differs(Seed seed, List<String> differences) {
    if (json) {
      ObjectNode one = JsonNodeFactory.instance.objectNode().put("seed", seed.id());
      differences.forEach(one.putArray("differences")::add);
      out.print(before + one);
      before = ",";
    } else {
      out.println(Printable.of(seed + "  differs: " + String.join("; ", differences)));
    }
  }

  void end(Audit audit) {
    if (json) {
      ObjectNode numbers = JsonNodeFactory.instance.objectNode();
      numbers.put("seeds", audit.seeds()).put("crawls", audit.crawls());
      numbers.put("clean", audit.clean()).put("differ", audit.differ()).put("keys", audit.keys());
      String opening = before.equals(OPENING) ? OPENING : "";
      out.println(opening + "]," + numbers.toString().substring(1));
    } else {
      out.printf(
          "audit: %d seeds, %d with a crawl, %d clean, %d differ%n",
          audit.seeds(), audit.crawls(), audit.clean(), audit.differ());
    }
  }
}
