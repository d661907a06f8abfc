/**
 * The encodings of the web, by the WHATWG's Encoding Standard.
 *
 * <p>Enters: a label, as {@code charset} has it in a header or on a page. Leaves: a {@link
 * java.nio.charset.Charset} that reads and writes as browsers do.
 *
 * <p>Invariants: the JDK's charsets, which have other tables, are used for UTF-8 and UTF-16 only;
 * tables are read when they are first needed, and each of them once.
 *
 * @see <a href="https://encoding.spec.whatwg.org/">WHATWG Encoding</a>
 */
@NullMarked
package io.fcrawler.worker.encoding;

import org.jspecify.annotations.NullMarked;
