/** Tests of what reaches a log. */
@NullMarked
package io.fcrawler.logging;

import org.jspecify.annotations.NullMarked;
