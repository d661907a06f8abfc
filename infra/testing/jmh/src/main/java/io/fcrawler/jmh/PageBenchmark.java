package io.fcrawler.jmh;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.HttpMeta;
import io.fcrawler.worker.parse.PageParser;
import io.fcrawler.worker.parse.ParsedPage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is done for each page, from its bytes on, and the part of it that is jsoup's. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PageBenchmark extends ShortRun {
  private static final HttpMeta META = HttpMeta.ofType("text/html; charset=utf-8");
  private static final CrawlUrl URL =
      CrawlUrl.ofNormal("https://www.example.com/sample/lang/Sample.html");

  @Param public SamplePage page = SamplePage.TEXT;

  private final PageParser parser = new PageParser("fcrawler");
  private byte[] body = {};

  @Setup
  public void encode() {
    body = page.bytes();
  }

  /** Text, headings and links, as the worker reads them. */
  @Benchmark
  public ParsedPage parse() {
    return parser.parse(URL, META, body);
  }

  /** The tree of the page alone. */
  @Benchmark
  public Document parseByJsoupAlone() throws IOException {
    return Jsoup.parse(new ByteArrayInputStream(body), "UTF-8", URL.value());
  }
}
