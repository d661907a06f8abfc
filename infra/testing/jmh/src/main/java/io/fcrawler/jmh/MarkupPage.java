package io.fcrawler.jmh;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A page as Javadoc writes them: a row of a table for each method of a class. */
final class MarkupPage {
  private static final int METHODS = 36;
  private static final int SECTIONS = 12;

  /** URLs that it links to, each once; one is its own, by all its fragments. */
  static final int LINKS = 1 + SECTIONS + 3 * METHODS;

  private static final String HEAD =
      """
      <!DOCTYPE HTML>
      <html lang="en">
      <head>
      <title>Sample (Samples &amp; more)</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta charset="utf-8">
      <meta name="description" content="declaration: module: sample, class: Sample">
      <link rel="stylesheet" type="text/css" href="../../../stylesheet.css" title="Style">
      <script type="text/javascript" src="../../../script.js"></script>
      </head>
      <body class="class-declaration-page">
      <script type="text/javascript">var pathtoroot = "../../../"; loadScripts(document);</script>
      <noscript><div>JavaScript is disabled on your browser.</div></noscript>
      """;

  private static final String SECTION =
      """
      <li><a href="#section-%1$d">Section %1$d</a>&nbsp;|&nbsp;<a href="../part-%1$d/package.html"\
       title="package %1$d">Part&nbsp;%1$d</a></li>
      """;

  private static final String METHOD =
      """
      <div class="col-first even-row-color method-summary-table"><code>static&nbsp;<a\
       href="../util/List%1$d.html" title="class in sample.util">List%1$d</a>&lt;<a\
       href="../lang/Type%1$d.html" title="type in sample.lang">Type%1$d</a>&gt;</code></div>
      <div class="col-second even-row-color method-summary-table"><code><a\
       href="#method%1$d(sample.lang.Type,int)" class="member-name-link">method%1$d</a>\
      <wbr>(<span class="parameters">Type%1$d&nbsp;type, int&nbsp;count</span>)</code></div>
      <div class="col-last even-row-color method-summary-table"><div class="block">Gives the\
       <i>first</i> <code>count</code> of <b>all</b> &ldquo;types&rdquo; &mdash; see\
       <a href="Other%1$d.html#all()"><code>Other%1$d.all()</code></a>.</div></div>
      """;

  private MarkupPage() {}

  static String markup() {
    return HEAD
        + "<nav role=\"navigation\"><ul class=\"nav-list\" title=\"Navigation\">\n"
        + each(SECTION, SECTIONS)
        + "</ul></nav>\n<main role=\"main\"><h1 class=\"title\">Class Sample</h1>\n"
        + "<section class=\"method-summary\" id=\"method-summary\"><h2>Methods</h2>\n"
        + "<div class=\"summary-table three-column-summary\">\n"
        + each(METHOD, METHODS)
        + "</div></section></main>\n</body>\n</html>\n";
  }

  private static String each(String template, int count) {
    return IntStream.range(0, count).mapToObj(template::formatted).collect(Collectors.joining());
  }
}
