package io.fcrawler.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fcrawler.config.ListenSettings;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The routes for operators.
 *
 * <ul>
 *   <li>{@code /livez}: 200 as long as requests are answered at all.
 *   <li>{@code /readyz}: 200 if every check of what is needed is well, else 503; each is named.
 *   <li>{@code /health}: the same, with version, the address that is listened on, uptime and
 *       warnings, for people. A warning makes it "degraded", but leaves it a 200.
 *   <li>{@code /metrics}: for Prometheus.
 * </ul>
 */
public final class OpsRoutes {
  private final Metrics metrics;
  private final Checks needed;
  private final Checks warnings;
  private final String version;
  private final ListenSettings listen;

  /**
   * @param version of the program, as shown by {@code /health}
   */
  public OpsRoutes(Metrics metrics, List<Check> checks, String version, ListenSettings listen) {
    this.metrics = metrics;
    this.needed = new Checks(checks.stream().filter(Check::needed).toList());
    this.warnings = new Checks(checks.stream().filter(check -> !check.needed()).toList());
    this.version = version;
    this.listen = listen;
  }

  public void addTo(RoutesConfig routes) {
    routes.get("/livez", context -> send(context, 200, object().put("status", "ok")));
    routes.get("/readyz", this::ready);
    routes.get("/health", this::health);
    routes.get(
        "/metrics", context -> context.contentType(Metrics.CONTENT_TYPE).result(metrics.scrape()));
  }

  private void ready(Context context) {
    Map<String, Optional<String>> problems = needed.run();
    boolean ready = well(problems);
    ObjectNode json = object().put("status", ready ? "ready" : "not ready");
    json.set("checks", json(problems));
    send(context, ready ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503, json);
  }

  private void health(Context context) {
    Map<String, Optional<String>> problems = needed.run();
    boolean ready = well(problems);
    problems.putAll(warnings.run());
    long uptimeMs = ManagementFactory.getRuntimeMXBean().getUptime();
    ObjectNode json = object().put("status", well(problems) ? "ok" : "degraded");
    json.put("version", version);
    json.put("address", listen.at(context.req().getLocalPort()));
    json.put("uptimeSeconds", Duration.ofMillis(uptimeMs).toSeconds());
    json.set("checks", json(problems));
    send(context, ready ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503, json);
  }

  private static boolean well(Map<String, Optional<String>> problems) {
    return problems.values().stream().allMatch(Optional::isEmpty);
  }

  private static ObjectNode json(Map<String, Optional<String>> problems) {
    ObjectNode json = object();
    problems.forEach((name, problem) -> {
      ObjectNode check = json.putObject(name).put("ok", problem.isEmpty());
      problem.ifPresent(detail -> check.put("detail", detail));
    });
    return json;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static void send(Context context, int status, ObjectNode json) {
    context
        .status(status)
        .contentType("application/json")
        .header("Cache-Control", "no-store")
        .result(json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
