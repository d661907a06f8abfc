/**
 * A web whose truth is known: sites made at random from a number, a server that answers for all
 * their hosts and logs each request, and what a crawl of each must find.
 */
@NullMarked
package io.fcrawler.chaos.site;

import org.jspecify.annotations.NullMarked;
