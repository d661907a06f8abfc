package io.fcrawler.worker.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.HttpMeta;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What in the headers of an answer names another document, and what does not. */
class LinkHeadersTest {
  private static final List<String> T = List.of("http://a.example/t");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</t>; rel=canonical",
        "</t>;rel=next",
        "</t>; rel=\"prev\"",
        "</t>; rel=\"alternate\"; hreflang=\"de\"",
        "</t> ; REL = \"NEXT\"",
        "</t>; title=\"a;b,\\\"c\"; rel=next",
        "</t>; rel=\"nofollow next\"",
        "<http://a.example/t>; rel=alternate; type=\"application/rss+xml\"",
        "< /t >; rel=next",
        "</no>; rel=preload, </t>; rel=next",
        "</no>; rel=\"stylesheet\";a, , </t>; rel=next ,</no>;rel=icon",
        "</t>; rel=next; rel=icon",
        "</t>; anchor=\"#x\"; rel=next",
        "</t>; rel=up, </t>; rel=\"license\"",
        "</t>; rel=next; title*=UTF-8''%e2%82%ac%2c; media=\"a, b\"",
        "</t>;;rel=next",
        "</t>; rel=next, <unclosed",
        "</t>; rel=\"next"
      })
  void aLinkOfAHeaderIsFound(String header) {
    assertEquals(T, Pages.links(Pages.parse(linked(header), "<p>x</p>")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "</t>",
        "</t>; rel=icon",
        "</t>; rel=stylesheet",
        "</t>; rel=icon; rel=next",
        "</t>; title=next",
        "</t>; rel",
        "</t>; rel=",
        "/t; rel=next",
        "<mailto:x>; rel=next",
        "</t>; rel=\"alternate stylesheet\"",
        "</t>; rel=alternate; type=\"image/png\"",
        "</t>; rel=preload; as=document",
        "</t>; rev=next",
        "</t>; rel*=UTF-8''next",
        "</t>, rel=next"
      })
  void whatIsNoLinkOfAHeaderIsNotFound(String header) {
    assertEquals(List.of(), Pages.links(Pages.parse(linked(header), "<p>x</p>")));
  }

  @Test
  void headersAreRelativeToThePageAndComeFirst() {
    HttpMeta meta =
        new HttpMeta(
            Optional.of("text/html"),
            Optional.empty(),
            List.of("<1>; rel=next", "<2>; rel=prev, <3>; rel=alternate"),
            Optional.of("0; url=4"),
            List.of());
    assertEquals(
        List.of(
            "http://a.example/dir/1",
            "http://a.example/dir/2",
            "http://a.example/dir/3",
            "http://a.example/dir/4",
            "http://b.example/5"),
        Pages.links(Pages.parse(meta, "<base href=//b.example/><a href=5>x</a>")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0;url=/t",
        "0; URL='/t'",
        "3 ; /t",
        "0,/t",
        "0 url=/t",
        ".5;/t",
        "0;url=\"/t\" x"
      })
  void aRefreshHeaderIsALink(String refresh) {
    HttpMeta meta =
        new HttpMeta(
            Optional.of("application/pdf"),
            Optional.empty(),
            List.of(),
            Optional.of(refresh),
            List.of());
    assertEquals(T, Pages.links(Pages.parse(meta, "%PDF <a href=/no>")));
  }

  @Test
  void locationsOfAnAnswerThatIsNoRedirectAreLinks() {
    HttpMeta meta = HttpMeta.ofType("text/html").withLocations(List.of("page.de", "//b.example/t"));
    assertEquals(
        List.of("http://a.example/dir/page.de", "http://b.example/t"),
        Pages.links(Pages.parse(meta, "<base href=/b/>")));
  }

  @Test
  void theCanonicalUrlOfAnotherDocumentIsNotThisOnes() {
    String header = "</other>; rel=canonical; anchor=\"/x\", </t>; rel=canonical";
    assertEquals(
        Optional.of("http://a.example/t"),
        Pages.parse(linked(header), "").canonical().map(CrawlUrl::value));
  }

  @Test
  void aLongHeaderIsRead() {
    String header = "</t>; title=\"" + "\\\"x".repeat(50_000) + "\"; rel=next";
    assertEquals(T, Pages.links(Pages.parse(linked(header), "")));
    String links = "</t>; rel=next, ".repeat(20_000);
    assertEquals(T, Pages.links(Pages.parse(linked(links), "")));
  }

  private static HttpMeta linked(String header) {
    return new HttpMeta(
        Optional.of("text/html"), Optional.empty(), List.of(header), Optional.empty(), List.of());
  }
}
