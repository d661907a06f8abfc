package io.fcrawler.seed;

import io.fcrawler.url.CrawlUrl;

/**
 * A submitted domain, understood: the seed and the page at which its crawl starts.
 *
 * @param seed the normalised authority
 * @param url the start page
 * @param tryHttp whether no scheme was given, so that http is tried where https cannot be connected
 *     to or its handshake fails; {@code url} is then the https form
 */
public record Start(Seed seed, CrawlUrl url, boolean tryHttp) {}
