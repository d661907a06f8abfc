/**
 * What the tests of this module share, besides the web sites of {@code io.fcrawler.testing.web}.
 */
@NullMarked
package io.fcrawler.worker.testing;

import org.jspecify.annotations.NullMarked;
