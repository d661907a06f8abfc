@NullMarked
package io.fcrawler.chaos.site;

import org.jspecify.annotations.NullMarked;
