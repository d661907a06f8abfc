package io.fcrawler.standalone.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
  static final String ROBOTS = "/robots.txt";
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

  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private final int pagesPerTopic;
  private final int paragraphs;

  private SitePages(int pagesPerTopic, int paragraphs) {
    this.pagesPerTopic = pagesPerTopic;
    this.paragraphs = paragraphs;
    answers.put(
        ROBOTS,
        Answer.file("text/plain", "User-agent: *\nDisallow: /private/\n").after(Duration.ZERO));
    putIndex();
    SECTIONS.forEach(this::putSection);
    putMoved();
    putFailing();
    putFiles();
  }

  static SitePages small() {
    return new SitePages(5, 4);
  }

  /** With five times as many pages, of about 10 kB, and without delays. */
  static SitePages large() {
    SitePages pages = new SitePages(35, 50);
    pages.answers.replaceAll((path, answer) -> answer.after(Duration.ZERO));
    return pages;
  }

  /** The answer to a request for this path. */
  Answer answer(String path) {
    return answers.getOrDefault(path, Answer.error(404));
  }

  /** What a crawl must count: all paths but robots.txt itself, and what that disallows. */
  SiteFacts facts() {
    List<Answer> all =
        answers.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(ROBOTS))
            .map(Map.Entry::getValue)
            .toList();
    int failing = (int) all.stream().filter(Answer::isFailure).count();
    return new SiteFacts(all.size(), failing, PRIVATE);
  }

  private void putIndex() {
    List<String> links = new ArrayList<>();
    SECTIONS.forEach(section -> links.add(path(section)));
    links.addAll(List.of("/slow", "/files/", "/errors/", "/moved/"));
    IntStream.rangeClosed(1, PRIVATE).forEach(i -> links.add("/private/note-" + i));
    putPage("/", "A field guide", links);
    answers.put("/slow", page("Worth waiting for", List.of("/")).after(SLOW));
  }

  private void putSection(String section) {
    putPage(path(section), section, TOPICS.stream().map(topic -> path(section, topic)).toList());
    TOPICS.forEach(topic -> putTopic(section, topic));
  }

  private void putTopic(String section, String topic) {
    String folder = path(section, topic);
    List<String> pages =
        IntStream.rangeClosed(1, pagesPerTopic).mapToObj(i -> folder + i + ".html").toList();
    List<String> up = List.of("/", path(section));
    String title = topic + " of the " + section;
    putPage(folder, title, Stream.concat(up.stream(), pages.stream()).toList());
    for (String page : pages) {
      putPage(page, title + ", page " + (pages.indexOf(page) + 1), List.of("/", folder));
    }
  }

  /** Redirects, the last of them to another one. */
  private void putMoved() {
    List<String> links = IntStream.rangeClosed(1, MOVED).mapToObj(i -> "/moved/" + i).toList();
    putPage("/moved/", "Moved", links);
    for (int i = 1; i < MOVED; i++) {
      String target = path(SECTIONS.get(i % SECTIONS.size()), TOPICS.get(i % TOPICS.size()));
      answers.put("/moved/" + i, Answer.redirect(i % 2 == 0 ? 301 : 302, target + "1.html"));
    }
    answers.put("/moved/" + MOVED, Answer.redirect(308, "/moved/1"));
  }

  private void putFailing() {
    List<String> links = new ArrayList<>(List.of("/errors/broken", "/errors/overloaded"));
    answers.put("/errors/broken", Answer.error(500));
    answers.put("/errors/overloaded", Answer.error(500));
    answers.put("/errors/gone", Answer.error(410));
    links.add("/errors/gone");
    for (int i = 1; i <= BROKEN; i++) {
      links.add("/errors/missing-" + i);
      answers.put("/errors/missing-" + i, Answer.error(404));
    }
    putPage("/errors/", "Errors", links);
  }

  private void putFiles() {
    answers.put("/files/map.png", Answer.file("image/png", "\u0089PNG\r\n\u001a\n"));
    answers.put("/files/guide.pdf", Answer.file("application/pdf", "%PDF-1.7\n%%EOF\n"));
    answers.put("/files/places.json", Answer.file("application/json", "{\"places\":[]}\n"));
    answers.put("/files/notes.txt", Answer.file("text/plain", "Take water with you.\n"));
    putPage(
        "/files/",
        "Files",
        List.of("/files/map.png", "/files/guide.pdf", "/files/places.json", "/files/notes.txt"));
  }

  private void putPage(String path, String title, List<String> links) {
    answers.put(path, page(title, links));
  }

  private Answer page(String title, List<String> links) {
    StringBuilder html = new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<title>");
    html.append(title).append("</title>\n<h1>").append(title).append("</h1>\n");
    html.append(PARAGRAPH.repeat(paragraphs));
    links.forEach(link -> html.append("<a href=\"%s\">%s</a>\n".formatted(link, link)));
    return Answer.html(html.append("</html>\n").toString());
  }

  private static String path(String... names) {
    return "/" + String.join("/", names).toLowerCase(Locale.ROOT) + "/";
  }
}
