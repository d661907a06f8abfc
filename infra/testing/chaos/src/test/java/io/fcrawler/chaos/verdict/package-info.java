@NullMarked
package io.fcrawler.chaos.verdict;

import org.jspecify.annotations.NullMarked;
