/**
 * All of fcrawler as processes of their own, each reaching Redis and Kafka by connections that can
 * be harmed: what faults are done to.
 */
@NullMarked
package io.fcrawler.chaos.fleet;

import org.jspecify.annotations.NullMarked;
