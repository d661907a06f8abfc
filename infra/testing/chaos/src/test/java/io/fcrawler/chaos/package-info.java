@NullMarked
package io.fcrawler.chaos;

import org.jspecify.annotations.NullMarked;
