/**
 * What is done to a fleet: faults drawn from a number beforehand or fixed in a scenario, and an
 * injector that does each at its time or its moment, and puts everything right again.
 */
@NullMarked
package io.fcrawler.chaos.fault;

import org.jspecify.annotations.NullMarked;
