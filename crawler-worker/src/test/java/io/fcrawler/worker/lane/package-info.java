/** What a lane does with what its pages lead to. */
@NullMarked
package io.fcrawler.worker.lane;

import org.jspecify.annotations.NullMarked;
