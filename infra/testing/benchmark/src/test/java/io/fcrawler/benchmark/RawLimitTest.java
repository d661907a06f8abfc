package io.fcrawler.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.testing.web.Answer;
import io.fcrawler.testing.web.SiteServer;
import io.fcrawler.testing.web.Visit;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RawLimitTest {
  private static final String LINKS = "<a href=/a>a</a><a href=b>b</a>";

  private SiteServer server;

  @BeforeEach
  void serve() throws IOException {
    server = SiteServer.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void everyUrlIsRequestedOnceAndCounted() throws Exception {
    List<String> pages = IntStream.range(0, 50).mapToObj(i -> "/page-" + i).toList();
    pages.forEach(page -> server.html(page, LINKS));
    server.route("/file", Answer.text(LINKS));
    server.route("/missing", Answer.of(404, "text/plain", LINKS.getBytes(UTF_8)));
    List<String> paths = Stream.concat(pages.stream(), Stream.of("/missing", "/file")).toList();

    String json = new RawLimit(paths.stream().map(server::url).toList()).measure(4);

    assertEquals(
        paths.stream().sorted().toList(),
        server.log().stream().map(Visit::target).sorted().toList());
    assertTrue(json.contains("\"urls\":52,\"ok\":51,\"failed\":1,"), json);
    assertTrue(json.contains("\"links\":100,"), json);
  }

  @Test
  void aServerThatIsNotThereIsAFailure() throws Exception {
    stop();

    String json = new RawLimit(List.of(server.url("/"))).measure(1);

    assertTrue(json.contains("\"ok\":0,\"failed\":1,"), json);
  }
}
