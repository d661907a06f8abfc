@NullMarked
package io.fcrawler.worker.encoding;

import org.jspecify.annotations.NullMarked;
