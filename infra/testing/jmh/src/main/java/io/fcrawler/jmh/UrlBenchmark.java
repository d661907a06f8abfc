package io.fcrawler.jmh;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.url.Fingerprinter;
import io.fcrawler.worker.link.LinkResolver;
import io.fcrawler.worker.link.NormalForms;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is done for each link: the mean time of one, over all samples of its kind. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UrlBenchmark extends ShortRun {
  private final Cycle<String> normal = new Cycle<>(SampleUrls.NORMAL);
  private final Cycle<String> other = new Cycle<>(SampleUrls.OTHER);
  private final Cycle<String> plainReferences = new Cycle<>(SampleUrls.PLAIN_REFERENCES);
  private final Cycle<String> otherReferences = new Cycle<>(SampleUrls.OTHER_REFERENCES);
  private final Cycle<String> knownReferences = new Cycle<>(SampleUrls.OTHER_REFERENCES);

  private final LinkResolver resolver = new LinkResolver(SampleUrls.BASE);
  private final LinkResolver knowing =
      new LinkResolver(SampleUrls.BASE, StandardCharsets.UTF_8, new NormalForms());
  private final Fingerprinter fingerprinter =
      new Fingerprinter(UUID.fromString("019b76da-a800-7000-8000-000000000001"));

  /** Normalises what is in normal form already. */
  @Benchmark
  public Optional<CrawlUrl> parseNormal() {
    return CrawlUrl.parse(normal.next());
  }

  @Benchmark
  public Optional<CrawlUrl> parseOther() {
    return CrawlUrl.parse(other.next());
  }

  /** Resolves by the short way. */
  @Benchmark
  public Optional<CrawlUrl> resolvePlain() {
    return resolver.resolve(plainReferences.next());
  }

  /** Resolves by the long way. */
  @Benchmark
  public Optional<CrawlUrl> resolveOther() {
    return resolver.resolve(otherReferences.next());
  }

  /** Resolves the same references as {@link #resolveOther}, whose normal forms are known. */
  @Benchmark
  public Optional<CrawlUrl> resolveKnown() {
    return knowing.resolve(knownReferences.next());
  }

  @Benchmark
  public long fingerprint() {
    return fingerprinter.fingerprint(normal.next());
  }
}
