@NullMarked
package io.fcrawler.chaos.fault;

import org.jspecify.annotations.NullMarked;
