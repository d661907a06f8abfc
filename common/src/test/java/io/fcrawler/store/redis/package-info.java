/** The contract of the store, kept by Redis; and what only Redis has: buckets, errors, sizes. */
@NullMarked
package io.fcrawler.store.redis;

import org.jspecify.annotations.NullMarked;
