package io.fcrawler.worker.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fcrawler.worker.fetch.HttpMeta;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Elements of one name that mean different things in HTML, SVG, MathML and other XML. */
class VocabularyTest {
  private static final String XHTML = "<html xmlns='http://www.w3.org/1999/xhtml'>";
  private static final String SVG = "<svg xmlns='http://www.w3.org/2000/svg'>";

  @Test
  void whatFollowsAnEmptyElementOfSvgIsReadAsUsual() {
    ParsedPage page =
        Pages.parse("<svg><title/><style/><script/></svg><h1>Head</h1><p>Text<title>T</title>");
    assertEquals("Head Text", page.text());
    assertEquals(List.of(new Heading(1, "Head")), page.headings());
    assertEquals("T", page.title());
  }

  @Test
  void theTitleIsTheDocuments() {
    assertEquals(
        "T",
        Pages.parse(
                "<svg><title>S</title></svg><math><title>M</title></math>"
                    + "<div><template shadowrootmode=open><title>D</title></template></div>"
                    + "<title>T</title>")
            .title());
  }

  @Test
  void theTextHasWhatIsDrawnOfAPicture() {
    assertEquals(
        "before drawn html after",
        Pages.parse(
                "before <svg hidden><style>.a{}</style><script>no()</script><desc>no</desc>"
                    + "<metadata>no</metadata><text>drawn</text>"
                    + "<foreignObject>html</foreignObject></svg> after")
            .text());
  }

  @Test
  void aPictureDoesNotHideWhatComesAfterIt() {
    assertEquals("shown", Pages.parse("<svg><noscript/><audio/><video/></svg><p>shown").text());
  }

  @Test
  void theLanguageIsNamedByKeywordsWithoutBlanks() {
    assertEquals("", Pages.parse("<meta http-equiv='content-language ' content=de>").language());
    assertEquals("de", Pages.parse("<meta http-equiv=Content-Language content=de>").language());
  }

  @Test
  void robotsAreToldByHtmlAlone() {
    assertTrue(Pages.parse("<svg><title><meta name=robots content=noindex></title>").noindex());
    assertFalse(xhtml(XHTML + SVG + "<meta name='robots' content='noindex'/></svg>").noindex());
  }

  @Test
  void namespacesOfXhtmlAreAsDeclared() {
    ParsedPage page =
        xhtml(
            XHTML
                + "<head><title>T</title></head><body>"
                + SVG
                + "<base href='/no/'/><link rel='next' href='no1'/><iframe src='no2'/>"
                + "<a href='t'/></svg>"
                + "<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:title>S</s:title>"
                + "<s:a xlink:href='u' xmlns:xlink='http://www.w3.org/1999/xlink'/></s:svg>"
                + "<feed xmlns='http://www.w3.org/2005/Atom'><link rel='next' href='no3'/></feed>"
                + "<a xlink:href='no4' xmlns:xlink='http://www.w3.org/1999/xlink'/>"
                + "<a href='v'/></body></html>");
    assertEquals(
        List.of("http://a.example/dir/t", "http://a.example/dir/u", "http://a.example/dir/v"),
        Pages.links(page));
    assertEquals("T", page.title());
  }

  @Test
  void htmlGoesOnInAPictureOfXhtml() {
    String html =
        "<div xmlns='http://www.w3.org/1999/xhtml'><base href='/b/'/><iframe src='t'/></div>";
    assertEquals(
        List.of("http://a.example/b/t"),
        Pages.links(xhtml(XHTML + SVG + "<g>" + html + "</g></svg></html>")));
  }

  @Test
  void xhtmlThatDeclaresNoNamespaceIsRead() {
    assertEquals(
        List.of("http://a.example/b/t"),
        Pages.links(xhtml("<html><base href='/b/'/><a href='t'/></html>")));
  }

  private static ParsedPage xhtml(String markup) {
    return Pages.parse(HttpMeta.ofType("application/xhtml+xml"), markup);
  }
}
