package io.fcrawler.jmh;

import io.fcrawler.seed.BadInputException;
import io.fcrawler.seed.Start;
import io.fcrawler.seed.StartParser;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is done for each domain that is submitted: the mean time of one. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StartBenchmark extends ShortRun {
  static final List<String> GOOD =
      List.of("example.com", "127.0.0.1:8088", "https://example.com/docs/", "b\u00fccher.example");

  static final List<String> BAD =
      List.of(
          "not a domain", "http://", "a..example", "example.com:99999", "user@example.com", "-");

  private final Cycle<String> good = new Cycle<>(GOOD);
  private final Cycle<String> bad = new Cycle<>(BAD);

  @Benchmark
  public Start parseGood() {
    return StartParser.parse(good.next());
  }

  /** Refuses, as for each bad line of a body. */
  @Benchmark
  public String refuseBad() {
    try {
      return StartParser.parse(bad.next()).seed().id();
    } catch (BadInputException e) {
      return e.field();
    }
  }
}
