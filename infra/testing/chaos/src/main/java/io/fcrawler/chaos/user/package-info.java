/** What users do: they submit, pause and resume crawls, and ask again until there is an answer. */
@NullMarked
package io.fcrawler.chaos.user;

import org.jspecify.annotations.NullMarked;
