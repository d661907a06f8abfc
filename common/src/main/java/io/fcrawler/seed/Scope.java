package io.fcrawler.seed;

import io.fcrawler.url.CrawlUrl;
import io.fcrawler.url.RegistrableDomain;
import java.util.Optional;
import java.util.Set;

/**
 * Which URLs belong to a crawl: those of the seed's authority (http and https are one site) and of
 * the authorities that joined by a redirect of the start page, or, with {@code includeSubdomains},
 * all below the seed's registrable domain.
 *
 * @param seed the submitted authority
 * @param includeSubdomains whether the whole registrable domain is in scope
 * @param joined authorities that the start page redirected to
 */
public record Scope(Seed seed, boolean includeSubdomains, Set<String> joined) {
  public Scope {
    joined = Set.copyOf(joined);
  }

  public boolean contains(CrawlUrl url) {
    String authority = url.authority();
    if (authority.equals(seed.id()) || joined.contains(authority)) {
      return true;
    }
    return includeSubdomains && underDomain(url.host());
  }

  /** Whether a redirect of the start page to {@code url} brings its authority into the scope. */
  public boolean mayJoin(CrawlUrl url) {
    return RegistrableDomain.same(seed.host(), url.host());
  }

  private boolean underDomain(String host) {
    Optional<String> domain = RegistrableDomain.of(seed.host());
    return domain.isPresent() && domain.equals(RegistrableDomain.of(host));
  }
}
