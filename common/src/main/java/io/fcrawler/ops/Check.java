package io.fcrawler.ops;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Something that must work for the program to be ready, or at least for all to be well.
 *
 * @param needed whether the program is not ready without it
 * @param problem what is wrong, in a few words; empty if all is well. It may block for a few
 *     seconds, and is called by several threads
 */
public record Check(String name, boolean needed, Supplier<Optional<String>> problem) {
  /** Something that the program needs. */
  public Check(String name, Supplier<Optional<String>> problem) {
    this(name, true, problem);
  }

  /** Something that people should know of, though the program works. */
  public static Check warning(String name, Supplier<Optional<String>> problem) {
    return new Check(name, false, problem);
  }

  /** A server that must answer. */
  public static Check reachable(String name, BooleanSupplier reachable) {
    return new Check(
        name, () -> reachable.getAsBoolean() ? Optional.empty() : Optional.of("does not answer"));
  }
}
