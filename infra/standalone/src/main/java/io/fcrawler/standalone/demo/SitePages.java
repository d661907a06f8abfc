package io.fcrawler.standalone.demo;

import io.fcrawler.testing.web.Page;
import io.fcrawler.testing.web.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All pages of the site, a field guide: sections with topics with pages, and whatever else a
 * crawler meets. Every path is linked from a page that is reached from {@code /}.
 */
final class SitePages {
  static final Duration SLOW = Duration.ofMillis(1500);

  private static final List<String> SECTIONS =
      List.of("Rivers", "Forests", "Mountains", "Deserts", "Coasts", "Tundra");
  private static final List<String> TOPICS =
      List.of("Birds", "Plants", "Stones", "Weather", "Maps");
  private static final int BROKEN = 6;
  private static final int MOVED = 8;
  private static final int PRIVATE = 5;
  private static final String PARAGRAPH =
      "<p>Whoever walks here early finds it quiet, and what there is to see is seen best then. "
          + "The notes below were made over several years and are put in order of the path.</p>\n";

  /** As slow as sites are. */
  private static final Duration DELAY = Duration.ofMillis(40);

  private final Map<String, Page> pages = new HashMap<>();
  private final int pagesPerTopic;
  private final int paragraphs;

  private SitePages(int pagesPerTopic, int paragraphs) {
    this.pagesPerTopic = pagesPerTopic;
    this.paragraphs = paragraphs;
    putIndex();
    SECTIONS.forEach(this::putSection);
    putMoved();
    putFailing();
    putFiles();
  }

  static Site small() {
    SitePages small = new SitePages(5, 4);
    small.pages.replaceAll((path, page) -> page.after(path.equals("/slow") ? SLOW : DELAY));
    return new Site("/", small.pages);
  }

  /** With five times as many pages, of about 10 kB, and without delays. */
  static Site large() {
    return new Site("/", new SitePages(35, 50).pages);
  }

  private void putIndex() {
    List<String> links = new ArrayList<>();
    SECTIONS.forEach(section -> links.add(path(section)));
    links.addAll(List.of("/slow", "/files/", "/errors/", "/moved/"));
    IntStream.rangeClosed(1, PRIVATE).forEach(i -> links.add("/private/note-" + i));
    putPage("/", "A field guide", links);
    putPage("/slow", "Worth waiting for", List.of("/"));
  }

  private void putSection(String section) {
    putPage(path(section), section, TOPICS.stream().map(topic -> path(section, topic)).toList());
    TOPICS.forEach(topic -> putTopic(section, topic));
  }

  private void putTopic(String section, String topic) {
    String folder = path(section, topic);
    List<String> leaves =
        IntStream.rangeClosed(1, pagesPerTopic).mapToObj(i -> folder + i + ".html").toList();
    List<String> up = List.of("/", path(section));
    String title = topic + " of the " + section;
    putPage(folder, title, Stream.concat(up.stream(), leaves.stream()).toList());
    for (String leaf : leaves) {
      putPage(leaf, title + ", page " + (leaves.indexOf(leaf) + 1), List.of("/", folder));
    }
  }

  /** Redirects, the last of them to another one. */
  private void putMoved() {
    List<String> links = IntStream.rangeClosed(1, MOVED).mapToObj(i -> "/moved/" + i).toList();
    putPage("/moved/", "Moved", links);
    for (int i = 1; i < MOVED; i++) {
      String target = path(SECTIONS.get(i % SECTIONS.size()), TOPICS.get(i % TOPICS.size()));
      pages.put("/moved/" + i, Page.redirect(i % 2 == 0 ? 301 : 302, target + "1.html"));
    }
    pages.put("/moved/" + MOVED, Page.redirect(308, "/moved/1"));
  }

  private void putFailing() {
    List<String> links = new ArrayList<>(List.of("/errors/broken", "/errors/overloaded"));
    pages.put("/errors/broken", Page.error(500));
    pages.put("/errors/overloaded", Page.error(500));
    pages.put("/errors/gone", Page.error(410));
    links.add("/errors/gone");
    for (int i = 1; i <= BROKEN; i++) {
      links.add("/errors/missing-" + i);
      pages.put("/errors/missing-" + i, Page.error(404));
    }
    putPage("/errors/", "Errors", links);
  }

  private void putFiles() {
    pages.put("/files/map.png", Page.file("image/png", "\u0089PNG\r\n\u001a\n"));
    pages.put("/files/guide.pdf", Page.file("application/pdf", "%PDF-1.7\n%%EOF\n"));
    pages.put("/files/places.json", Page.file("application/json", "{\"places\":[]}\n"));
    pages.put("/files/notes.txt", Page.file("text/plain", "Take water with you.\n"));
    putPage(
        "/files/",
        "Files",
        List.of("/files/map.png", "/files/guide.pdf", "/files/places.json", "/files/notes.txt"));
  }

  private void putPage(String path, String title, List<String> links) {
    String head =
        "<!doctype html>\n<html lang=\"en\">\n<title>%s</title>\n<h1>%s</h1>\n"
            .formatted(title, title);
    pages.put(path, Page.html(head + PARAGRAPH.repeat(paragraphs), links));
  }

  private static String path(String... names) {
    return "/" + String.join("/", names).toLowerCase(Locale.ROOT) + "/";
  }
}
