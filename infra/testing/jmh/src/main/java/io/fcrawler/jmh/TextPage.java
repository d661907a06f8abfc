package io.fcrawler.jmh;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A page of paragraphs, as those of the synthetic site that {@code scripts/benchmark.sh} makes. */
final class TextPage {
  static final int LINKS = 40;
  private static final int LINKS_OF_PARAGRAPH = 3;
  private static final int WORDS_OF_PARAGRAPH = 108;

  private final Random random = new Random(20_261_120);
  private final StringBuilder out = new StringBuilder();

  private TextPage() {}

  static String markup() {
    return new TextPage().write();
  }

  private String write() {
    out.append("<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">")
        .append("<title>Page 1</title><meta name=\"description\" content=\"About Page 1\"></head>")
        .append("\n<body>\n<h1>Page 1</h1>\n");
    for (int link = 0; link < LINKS; link += LINKS_OF_PARAGRAPH) {
      paragraph(link, Math.min(LINKS, link + LINKS_OF_PARAGRAPH));
    }
    return out.append("</body>\n</html>\n").toString();
  }

  private void paragraph(int firstLink, int endOfLinks) {
    out.append("<p>").append(words()).append('.');
    for (int link = firstLink; link < endOfLinks; link++) {
      String path = "/%02x/%03x/page-%d.html".formatted(link % 31, link * 12, link * 97);
      out.append(" <a href=\"%s\">%s</a>".formatted(path, path));
    }
    out.append("</p>\n");
  }

  private String words() {
    return IntStream.range(0, WORDS_OF_PARAGRAPH)
        .mapToObj(_ -> word())
        .collect(Collectors.joining(" "));
  }

  private String word() {
    int length = random.nextInt(2, 11);
    return random
        .ints(length, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
