package io.fcrawler.worker.fetch;

import java.util.List;
import java.util.Optional;

/**
 * The headers of an answer that say something of the document, as they were sent.
 *
 * @param contentType of the decoded body, with its parameters; of several, all, with commas
 * @param contentLanguage a list of language tags
 * @param links every {@code Link} header (RFC 8288)
 * @param refresh a delay and perhaps a URL reference
 * @param robotsTags every {@code X-Robots-Tag} header
 * @param locations URL references of documents that this answer is, or made: {@code
 *     Content-Location} (RFC 9110, section 8.7), and {@code Location} at 201 (section 15.3.2)
 */
public record HttpMeta(
    Optional<String> contentType,
    Optional<String> contentLanguage,
    List<String> links,
    Optional<String> refresh,
    List<String> robotsTags,
    List<String> locations) {
  /** No headers at all. */
  public static final HttpMeta EMPTY =
      new HttpMeta(Optional.empty(), Optional.empty(), List.of(), Optional.empty(), List.of());

  public HttpMeta {
    links = List.copyOf(links);
    robotsTags = List.copyOf(robotsTags);
    locations = List.copyOf(locations);
  }

  /** The headers of an answer that names no location. */
  public HttpMeta(
      Optional<String> contentType,
      Optional<String> contentLanguage,
      List<String> links,
      Optional<String> refresh,
      List<String> robotsTags) {
    this(contentType, contentLanguage, links, refresh, robotsTags, List.of());
  }

  /** The same with locations. */
  public HttpMeta withLocations(List<String> named) {
    return new HttpMeta(contentType, contentLanguage, links, refresh, robotsTags, named);
  }

  /** An answer of which only the content type is known. */
  public static HttpMeta ofType(String contentType) {
    return new HttpMeta(
        Optional.of(contentType), Optional.empty(), List.of(), Optional.empty(), List.of());
  }
}
