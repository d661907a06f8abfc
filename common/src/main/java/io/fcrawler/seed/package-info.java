/**
 * What a user submits: the seed, its options, its start page and the scope of its crawl.
 *
 * <p>Enters: user input. Leaves: validated records; whatever is wrong is a {@link
 * io.fcrawler.seed.BadInputException} that names the field and what would be right.
 */
@NullMarked
package io.fcrawler.seed;

import org.jspecify.annotations.NullMarked;
