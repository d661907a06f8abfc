/**
 * What is done to a fleet: faults drawn from a number beforehand, and an injector that does each at
 * its time, several at once, and puts everything right again.
 */
@NullMarked
package io.fcrawler.chaos.fault;

import org.jspecify.annotations.NullMarked;
