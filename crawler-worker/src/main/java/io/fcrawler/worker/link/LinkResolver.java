package io.fcrawler.worker.link;

import io.fcrawler.url.CrawlUrl;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resolves references against one base, as browsers do, to URLs in normal form.
 *
 * <p>Most references are plain: a path of unreserved characters below the base's origin. These are
 * put together directly, where the result is known to be in normal form; the others go through
 * {@link Reference} and the normaliser.
 *
 * @see <a href="https://url.spec.whatwg.org/#concept-basic-url-parser">WHATWG URL, URL parser</a>
 */
public final class LinkResolver {
  private static final boolean[] PLAIN = plain();

  private final CrawlUrl base;
  private final Charset charset;
  private final @Nullable NormalForms cache;
  private final boolean unicode;
  private final String origin;
  private final String originSlash;
  private final String path;
  private final int directoryEnd;

  /** Resolves against a base; the queries of references are encoded in UTF-8. */
  public LinkResolver(CrawlUrl base) {
    this(base, StandardCharsets.UTF_8, null);
  }

  /**
   * Resolves against a base.
   *
   * @param charset of the page, in which the queries of its references are encoded
   * @param cache of normal forms, shared between pages; {@code null} for none
   */
  public LinkResolver(CrawlUrl base, Charset charset, @Nullable NormalForms cache) {
    this.base = base;
    this.charset = charset;
    this.unicode = charset.equals(StandardCharsets.UTF_8);
    this.cache = cache;
    String value = base.value();
    int pathStart = value.indexOf('/', base.scheme().length() + "://".length());
    int query = value.indexOf('?', pathStart);
    this.origin = value.substring(0, pathStart);
    this.originSlash = origin + "/";
    this.path = query < 0 ? value.substring(pathStart) : value.substring(pathStart, query);
    this.directoryEnd = path.lastIndexOf('/') + 1;
  }

  /** Resolves one reference; empty where it is no http or https URL. */
  public static Optional<CrawlUrl> resolve(CrawlUrl base, String reference) {
    return new LinkResolver(base).resolve(reference);
  }

  /** What references are relative to. */
  public CrawlUrl base() {
    return base;
  }

  /** Resolves a reference; empty where it is no http or https URL. */
  public Optional<CrawlUrl> resolve(String reference) {
    @Nullable CrawlUrl plain = resolvePlain(reference);
    if (plain != null) {
      return Optional.of(plain);
    }
    boolean whole = reference.startsWith("http://") || reference.startsWith("https://");
    return whole && unicode && cache != null
        ? cache.of(reference, this::resolveAny) // the same for every base
        : resolveAny(reference);
  }

  /** The way for all references. */
  Optional<CrawlUrl> resolveAny(String reference) {
    @Nullable String absolute =
        new Reference(base.scheme(), origin, path, base.value(), charset).absolute(reference);
    if (absolute == null) {
      return Optional.empty();
    }
    return cache == null ? CrawlUrl.parse(absolute) : cache.of(absolute, CrawlUrl::parse);
  }

  /** The short way for plain references; {@code null} where the long way must be taken. */
  @Nullable CrawlUrl resolvePlain(String reference) {
    int start = reference.startsWith(originSlash) ? origin.length() : 0;
    if (start == reference.length() || reference.charAt(start) == '#') {
      return base;
    }
    if (reference.charAt(start) == '/') {
      return plainAt(0, reference, start);
    }
    int directory = directoryEnd;
    while (reference.startsWith("./", start)) {
      start += 2;
    }
    while (reference.startsWith("../", start)) {
      start += 3;
      directory = path.lastIndexOf('/', Math.max(directory - 2, 0)) + 1;
    }
    return plainAt(directory, reference, start);
  }

  /** The URL of the first {@code directory} characters of the base's path and a plain rest. */
  private @Nullable CrawlUrl plainAt(int directory, String reference, int start) {
    int end = start;
    char before = directory > 0 ? '/' : 'x';
    for (; end < reference.length(); end++) {
      char c = reference.charAt(end);
      if (c == '#') {
        break;
      }
      if (c >= PLAIN.length
          || !PLAIN[c]
          || (before == '/' && (c == '/' || c == '.'))
          || (before == '.' && c == '/')) {
        return null; // dot segments and empty segments are for the normaliser
      }
      before = c;
    }
    String value =
        new StringBuilder(origin.length() + directory + end - start)
            .append(origin)
            .append(path, 0, directory)
            .append(reference, start, end)
            .toString();
    return new CrawlUrl(value, base.scheme(), base.host(), base.port());
  }

  /** Characters of paths that have no meaning of their own, but for the slash and the dot. */
  private static boolean[] plain() {
    boolean[] plain = new boolean[128];
    for (char c = 0; c < plain.length; c++) {
      plain[c] = Character.isLetterOrDigit(c) || "-_~!$'()*+,;=@./".indexOf(c) >= 0;
    }
    return plain;
  }
}
