/** Follows the topic of page records. The one package that knows Kafka. */
@NullMarked
package io.fcrawler.cli.pages;

import org.jspecify.annotations.NullMarked;
