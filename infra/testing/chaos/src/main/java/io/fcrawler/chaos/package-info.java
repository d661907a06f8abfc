/**
 * The attack on fcrawler's promise, by machine: runs in which all of it, as processes, crawls a web
 * whose truth is known while everything that can fail does so. In come a number and what was built,
 * out comes for each run what was done and whether the numbers are exact.
 */
@NullMarked
package io.fcrawler.chaos;

import org.jspecify.annotations.NullMarked;
