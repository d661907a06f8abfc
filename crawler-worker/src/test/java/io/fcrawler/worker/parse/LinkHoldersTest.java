package io.fcrawler.worker.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.fetch.HttpMeta;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What in a page names another document, and what does not. */
class LinkHoldersTest {
  private static final List<String> T = List.of("http://a.example/t");

  @ParameterizedTest
  @ValueSource(
      strings = {
        // anchors
        "<a href=/t>t</a>",
        "<a href='/t'>t</a>",
        "<a href=\"/t\">t</a>",
        "<A HREF=/t>t</A>",
        "<a\nhref\n=\n'/t'>t",
        "<a href='  /t\n'>t</a>",
        "<a href='/\nt'>t</a>",
        "<a href='\\t'>t</a>",
        "<a href='../t'>t</a>",
        "<a href='//a.example/t'>t</a>",
        "<a href='http://a.example/t#fragment'>t</a>",
        "<a href='HTTP://A.EXAMPLE:80/t'>t</a>",
        "<a href='http:/t'>t</a>",
        "<a href='&#47;t'>t</a>",
        "<a href='&sol;t'>t</a>",
        "<a href='/%74'>t</a>",
        "<a class=x target=_blank rel='nofollow noopener' href=/t title=y>t</a>",
        "<a href=/t href=/second>t</a>",
        "<a href=/t><img src=/no.png></a>",
        "<a href=/t>unclosed",
        "<p><a href=/t><div>block in a</div></a>",
        "<table><a href=/t>fostered</a></table>",
        "<button><a href=/t>t</a></button>",
        "<noscript><a href=/t>t</a></noscript>",
        "<head><noscript><link rel=next href=/t></noscript></head>",
        "<details><a href=/t>t</a></details>",
        "<div hidden><a href=/t>t</a></div>",
        "<div style='display:none'><a href=/t>t</a></div>",
        "<object data=/no.svg><a href=/t>t</a></object>",
        "<video src=/no><a href=/t>t</a></video>",
        "<svg><a href=/t><text>t</text></a></svg>",
        "<svg><a xlink:href=/t><text>t</text></a></svg>",
        "<math><mtext><a href=/t>t</a></mtext></math>",
        "<svg><foreignObject><iframe src=/t></iframe></foreignObject></svg>",
        "<svg><foreignObject><math><mtext><iframe src=/t></iframe></mtext></math>",
        "<svg><desc><svg><title><link rel=next href=/t></title></svg></desc></svg>",
        "<svg><p><iframe src=/t></iframe></svg>",
        "<svg><![CDATA[<a href=/no>]]></svg><a href=/t>t</a>",
        "<math><annotation-xml encoding=text/html><iframe src=/t></iframe></annotation-xml></math>",
        "<meta http-equiv=refresh content='0 url=/t'>",
        "<meta http-equiv=refresh content='.5;/t'>",
        "<meta http-equiv=refresh content='0;url = \"/t\" x'>",
        "<!--[if IE]><a href=/no></a><![endif]--><a href=/t>t</a>",
        // image maps
        "<map name=m><area href=/t></map>",
        "<map><AREA shape=rect coords=0,0,1,1 HREF='/t'></map>",
        // frames
        "<frameset><frame src=/t></frameset>",
        "<NOFRAMES><P><A HREF=/t>t</A></NOFRAMES>",
        "<FRAMESET cols='*'><FRAME NAME=x SRC='/t'></FRAMESET>",
        "<iframe src=/t></iframe>",
        "<iframe src=/t>fallback <a href=/no>no</a></iframe>",
        "<iframe src=' /t ' loading=lazy sandbox></iframe>",
        "<iframe srcdoc=\"<a href='/t'>t</a>\"></iframe>",
        "<iframe srcdoc=\"<iframe srcdoc='<a href=/t>t</a>'></iframe>\"></iframe>",
        // links
        "<link rel=canonical href=/t>",
        "<link rel=next href=/t>",
        "<link rel=prev href=/t>",
        "<link rel=alternate href=/t>",
        "<link rel=alternate hreflang=de href=/t>",
        "<link rel=alternate type=application/rss+xml href=/t>",
        "<link rel=alternate media=handheld href=/t>",
        "<LINK REL=CANONICAL HREF=/t>",
        "<link rel=' nofollow\tNEXT\n' href=/t>",
        "<link href=/t rel='next prefetch'>",
        "<body><link rel=canonical href=/t>",
        // refresh
        "<meta http-equiv=refresh content='0;url=/t'>",
        "<meta http-equiv=refresh content='0; url=/t'>",
        "<meta http-equiv=Refresh content='5; URL=/t'>",
        "<META HTTP-EQUIV='REFRESH' CONTENT='5;URL=\"/t\"'>",
        "<meta http-equiv=refresh content=\"0;url='/t'\">",
        "<meta http-equiv=refresh content=\"0;url='/t'junk\">",
        "<meta http-equiv=refresh content=\"0;url='/t\">",
        "<meta http-equiv=refresh content=' 0 ; url = /t '>",
        "<meta http-equiv=refresh content='0,url=/t'>",
        "<meta http-equiv=refresh content='0 url=/t'>",
        "<meta http-equiv=refresh content='0;/t'>",
        "<meta http-equiv=refresh content='0; /t'>",
        "<meta http-equiv=refresh content='0 /t'>",
        "<meta http-equiv=refresh content='1.5;url=/t'>",
        "<meta http-equiv=refresh content='.5;url=/t'>",
        "<meta http-equiv=refresh content='0;url  =  /t'>",
        "<noscript><meta http-equiv=refresh content='0;url=/t'></noscript>",
        "<body><meta http-equiv=refresh content='0;url=/t'>"
      })
  void aLinkIsFound(String html) {
    assertEquals(T, Pages.links(html));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a>t</a>",
        "<a href=/t",
        "<a name=/t>t</a>",
        "<a data-href=/t>t</a>",
        "<a ping=/t>t</a>",
        "<a src=/t>t</a>",
        "<a href=javascript:go('/t')>t</a>",
        "<a href='&#106;avascript:x'>t</a>",
        "<a href=mailto:a@a.example>t</a>",
        "<a href=tel:123>t</a>",
        "<a href=data:text/html,t>t</a>",
        "<a href=ftp://a.example/t>t</a>",
        "<a href=http://>t</a>",
        "<a href='http://a.example:port/'>t</a>",
        "<!-- <a href=/t>t</a> -->",
        "<script>document.write('<a href=/t>t</a>')</script>",
        "<script type=text/template><a href=/t>t</a></script>",
        "<style>a{background:url(/t)}</style>",
        "<textarea><a href=/t>t</a></textarea>",
        "<title><a href=/t>t</a></title>",
        "<template><a href=/t>t</a></template>",
        "<xmp><a href=/t>t</a></xmp>",
        "<noembed><a href=/t>t</a></noembed>",
        "<plaintext><a href=/t>t</a>",
        "<img src=/t srcset='/t 2x' usemap=/t>",
        "<script src=/t></script>",
        "<link rel=stylesheet href=/t>",
        "<link rel='alternate stylesheet' href=/t>",
        "<link rel=icon href=/t>",
        "<link rel=preload as=document href=/t>",
        "<link rel=prefetch href=/t>",
        "<link rel=dns-prefetch href=//t.example>",
        "<link href=/t>",
        "<link rel=canonical>",
        "<object type=image/png data=/t></object>",
        "<embed type=application/x-shockwave-flash src=/t>",
        "<video src=/t poster=/t><source src=/t><track src=/t></video>",
        "<audio src=/t></audio>",
        "<form action=/t><button formaction=/t></button><input type=image src=/t></form>",
        "<p cite=/t>x</p>",
        "<body background=/t><table background=/t></table>",
        "<div data-url=/t data-href=/t href=/t src=/t></div>",
        "<meta http-equiv=refresh content='5'>",
        "<meta http-equiv=refresh content=''>",
        "<meta http-equiv=refresh content='x;url=/t'>",
        "<meta http-equiv=refresh content='url=/t'>",
        "<meta http-equiv=refresh content='5x;url=/t'>",
        "<meta http-equiv=refresh content='5;url='>",
        "<meta name=refresh content='0;url=/t'>",
        "<meta property=og:url content=/t>",
        "<applet codebase=/t></applet>",
        "<base href=/t>",
        "<iframe></iframe><frame>",
        "<iframe src=about:blank></iframe>",
        "&lt;a href=/t&gt;",
        "<svg><image href=/t /><use href=/t /></svg>",
        "<svg><desc><svg><iframe src=/t /></svg></desc></svg>",
        "<svg><iframe srcdoc='<a href=/t>t</a>'></iframe></svg>",
        "<svg><foreignObject><math><iframe src=/t></iframe></math></foreignObject></svg>",
        "<math><annotation-xml encoding=text/xml><iframe src=/t></iframe></annotation-xml></math>",
        "<template><svg><a href=/t /></svg></template>"
      })
  void whatIsNoLinkIsNotFound(String html) {
    assertEquals(List.of(), Pages.links(html));
  }

  @Test
  void linksComeOnceEachAndInTheOrderOfThePage() {
    assertEquals(
        List.of(
            "http://a.example/1",
            "http://a.example/2",
            "http://a.example/3",
            "http://a.example/4",
            "http://a.example/5"),
        Pages.links(
            "<link rel=next href=/1><a href=/2>x</a><a href=/1#x>x</a><map><area href=/3></map>"
                + "<a href='http://a.example/2'>x</a><iframe src=/4></iframe><a href=../4>x</a>"
                + "<a href='/%35'>x</a>"));
  }

  @Test
  void anEmptyReferenceIsThePageItself() {
    assertEquals(List.of(Pages.URL.value()), Pages.links("<a href=''>x</a>"));
    assertEquals(List.of(Pages.URL.value()), Pages.links("<a href='#top'>x</a>"));
    assertEquals(List.of(Pages.URL.value()), Pages.links("<a href>x</a>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<base href='/b/'> | http://a.example/b/t",
        "<base href='/b'> | http://a.example/t",
        "<base href='b/c/d'> | http://a.example/dir/b/c/t",
        "<base href='http://b.example/x/y'> | http://b.example/x/t",
        "<base href='//b.example'> | http://b.example/t",
        "<BASE HREF='/b/'> | http://a.example/b/t",
        "<base target=_top><base href='/b/'> | http://a.example/b/t",
        "<base href='/b/'><base href='/c/'> | http://a.example/b/t",
        "<base href='?x'> | http://a.example/dir/t",
        "<base href=''> | http://a.example/dir/t",
        "<base href='mailto:x'> | http://a.example/dir/t",
        "<base href='javascript:x'> | http://a.example/dir/t",
        "<base href='http://'> | http://a.example/dir/t",
        "<template><base href='/b/'></template> | http://a.example/dir/t",
        "<template><template><base href='/b/'></template></template> | http://a.example/dir/t",
        "<svg><foreignObject><base href='/b/'></foreignObject></svg> | http://a.example/b/t",
        "<svg><desc><template><base href='/b/'></template></desc></svg> | http://a.example/dir/t",
        "<math><annotation-xml><base href='/b/'></annotation-xml></math> | http://a.example/dir/t",
        "<noscript><base href='/b/'></noscript> | http://a.example/b/t",
        "<!--<base href='/b/'>--> | http://a.example/dir/t"
      })
  void referencesAreRelativeToTheBase(String base, String expected) {
    assertEquals(List.of(expected), Pages.links(base + "<a href=t>t</a>"));
    assertEquals(List.of(expected), Pages.links("<p><a href=t>t</a></p>" + base));
  }

  @Test
  void theBaseHoldsForAllHoldersAndForFramedMarkup() {
    assertEquals(
        List.of("http://b.example/1", "http://b.example/2", "http://b.example/3"),
        Pages.links(
            "<base href=//b.example/><link rel=next href=1>"
                + "<meta http-equiv=refresh content='0;2'>"
                + "<iframe srcdoc='<a href=3>x</a>'></iframe>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<a rel=nofollow href=/t>t</a> | http://a.example/t",
        "<a rel='external→NoFollow' href=/t>t</a> | http://a.example/t",
        "<area rel='nofollow noopener' href=/t> | http://a.example/t",
        "<svg><a rel=nofollow xlink:href=/t>t</a></svg> | http://a.example/t",
        "<a rel=nofollow href=/t>t</a><a rel=nofollow href=/dir/../t#x>t</a> | http://a.example/t",
        "<a rel=nofollow href=/t>t</a><a href=/t>t</a> | ",
        "<a href=/t>t</a><a rel=nofollow href=/t>t</a> | ",
        "<a href=/dir/../%74>t</a><a rel=nofollow href=/t>t</a> | ",
        "<a rel=nofollow href=/t>t</a><iframe src=/t></iframe> | ",
        "<a rel='no-follow ugc sponsored' href=/t>t</a> | ",
        "<link rel='next nofollow' href=/t> | ",
        "<a rev=nofollow href=/t>t</a> | "
      })
  void aLinkThatIsNotToBeFollowedIsToldApart(String html, @Nullable String url) {
    ParsedPage page = Pages.parse(html.replace('→', '\t'));
    assertEquals(T, Pages.links(page));
    assertEquals(
        Optional.ofNullable(url), page.nofollowLinks().stream().map(CrawlUrl::value).findAny());
  }

  @Test
  void xhtmlIsReadAsXml() {
    String xhtml =
        "<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'"
            + " xml:lang='de'><head><title>T&#252;r &amp; Tor</title><script src='x.js'/>"
            + "<link rel='next' href='/1'/></head><body><p>a<br/>b&nbsp;c</p><a href='/2'/>"
            + "<![CDATA[ d < e ]]><a href='/3?a=1&amp;b=2'>x</a></body></html>";
    ParsedPage page = Pages.parse(HttpMeta.ofType("application/xhtml+xml"), xhtml);
    assertEquals(
        List.of("http://a.example/1", "http://a.example/2", "http://a.example/3?a=1&b=2"),
        Pages.links(page));
    assertEquals("Tür & Tor", page.title());
    assertEquals("a b c d < e x", page.text());
    assertEquals("de", page.language());
  }

  @Test
  void prefixedXhtmlIsReadAsXml() {
    String xhtml =
        "<h:html xmlns:h='http://www.w3.org/1999/xhtml'><h:body><h:h1>T</h:h1>"
            + "<h:a href='/t'>x</h:a></h:body></h:html>";
    ParsedPage page = Pages.parse(HttpMeta.ofType("application/xhtml+xml"), xhtml);
    assertEquals(T, Pages.links(page));
    assertEquals(List.of(new Heading(1, "T")), page.headings());
  }
}
