/** Sessions on the store in memory, with lanes that do as they are told. */
@NullMarked
package io.fcrawler.worker.session;

import org.jspecify.annotations.NullMarked;
