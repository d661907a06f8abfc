package io.fcrawler.store.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Visits every state that can be reached within a number of steps, each once, breadth first: so the
 * path to a failure is a shortest one. Serves one exploration.
 *
 * @param <S> a state; equal ones have the same future
 */
final class Explorer<S> {
  /** A step from a state; running it has no effect on anything but its result. */
  record Step<S>(String name, Supplier<S> next) {}

  /** What is explored. */
  interface Model<S> {
    List<Step<S>> steps(S state);

    /**
     * Checks what must hold in a state.
     *
     * @throws AssertionError if it does not
     */
    void check(S state);
  }

  /** What an exploration came to. */
  record Report(long states, long transitions, int depth) {
    @Override
    public String toString() {
      return "%,d states, %,d transitions, depth %d".formatted(states, transitions, depth);
    }
  }

  /** How a state was first reached. */
  private record Trace<S>(S state, @Nullable Trace<S> before, String step, int length) {}

  private final Model<S> model;
  private final Map<S, Trace<S>> seen = new HashMap<>();
  private final Deque<Trace<S>> next = new ArrayDeque<>();
  private long transitions;

  Explorer(Model<S> model) {
    this.model = model;
  }

  /**
   * Explores.
   *
   * @param roots by their names
   * @throws AssertionError with the path to the first state that fails
   */
  Report explore(Map<String, S> roots, int depth) {
    roots.forEach((name, root) -> visit(new Trace<>(root, null, name, 0)));
    int reached = 0;
    while (!next.isEmpty()) {
      Trace<S> trace = next.removeFirst();
      reached = trace.length();
      if (trace.length() < depth) {
        model.steps(trace.state()).forEach(step -> follow(trace, step));
      }
    }
    return new Report(seen.size(), transitions, reached);
  }

  private void follow(Trace<S> from, Step<S> step) {
    transitions++;
    visit(new Trace<>(run(from, step), from, step.name(), from.length() + 1));
  }

  private static <S> S run(Trace<S> from, Step<S> step) {
    try {
      return step.next().get();
    } catch (AssertionError | RuntimeException e) {
      throw failure(new Trace<>(from.state(), from, step.name(), from.length() + 1), e);
    }
  }

  private void visit(Trace<S> trace) {
    if (seen.putIfAbsent(trace.state(), trace) != null) {
      return;
    }
    try {
      model.check(trace.state());
    } catch (AssertionError | RuntimeException e) {
      throw failure(trace, e);
    }
    next.addLast(trace);
  }

  private static <S> AssertionError failure(Trace<S> end, Throwable cause) {
    List<String> lines = new ArrayList<>();
    for (Trace<S> each = end; each != null; each = each.before()) {
      lines.addFirst("%2d. %s".formatted(each.length(), each.step()));
    }
    lines.add("    => " + cause.getMessage());
    return new AssertionError(String.join("\n", lines), cause);
  }
}
