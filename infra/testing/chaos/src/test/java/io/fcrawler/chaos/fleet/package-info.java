@NullMarked
package io.fcrawler.chaos.fleet;

import org.jspecify.annotations.NullMarked;
