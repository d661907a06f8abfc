/**
 * Reads a page: its links, and what it is about.
 *
 * <p>Enters: an answer's bytes and headers, of any type and however broken. Leaves: a {@link
 * io.fcrawler.worker.parse.ParsedPage}; nothing that a page holds makes an exception of it.
 *
 * <p>Invariants: the time and memory that a page takes are bounded by its length; its tree is
 * walked once; scripts are not run, and what is a script, a comment or a template has no links.
 *
 * <p>This package alone knows jsoup.
 */
@NullMarked
package io.fcrawler.worker.parse;

import org.jspecify.annotations.NullMarked;
