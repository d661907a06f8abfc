package io.fcrawler.ops;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** All checks of a program, run at the same time and within bounded time. */
final class Checks {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final List<Check> checks;

  Checks(List<Check> checks) {
    this.checks = List.copyOf(checks);
  }

  /** The problem of each check by its name, in order. */
  Map<String, Optional<String>> run() {
    Map<String, CompletableFuture<Optional<String>>> running = new LinkedHashMap<>();
    for (Check check : checks) {
      running.put(
          check.name(),
          CompletableFuture.supplyAsync(
                  check.problem(), task -> Thread.ofVirtual().name("check").start(task))
              .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
              .exceptionally(e -> Optional.of(failure(e))));
    }
    Map<String, Optional<String>> problems = new LinkedHashMap<>();
    running.forEach((name, problem) -> problems.put(name, problem.join()));
    return problems;
  }

  private static String failure(Throwable e) {
    Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    return cause instanceof TimeoutException
        ? "did not answer within " + LIMIT.toSeconds() + " s"
        : "failed: " + cause.getClass().getSimpleName();
  }
}
