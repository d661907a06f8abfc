package io.fcrawler.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a part that this program needs is there, as last seen: one line in the log for each
 * change, and the gauge {@code fcrawler_part_reachable}. Thread-safe.
 */
public final class Presence {
  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

  private final String part;
  private final AtomicReference<State> state = new AtomicReference<>(State.UNSEEN);

  private enum State {
    UNSEEN,
    THERE,
    AWAY
  }

  /**
   * Not seen yet.
   *
   * @param part its name, as in {@code /readyz}
   * @param registry gets the gauge: 1 where the part is there, else 0
   */
  public Presence(String part, MeterRegistry registry) {
    this.part = part;
    Gauge.builder("fcrawler.part.reachable", this, it -> it.state.get() == State.THERE ? 1 : 0)
        .description("Whether a part that the program needs can be used")
        .tag("part", part)
        .register(registry);
  }

  /** It did not do what was asked of it; {@code why} is told where it did before. */
  public void away(String why) {
    if (state.getAndSet(State.AWAY) != State.AWAY) {
      LOG.warn("{} is away: {}", part, why);
    }
  }

  /** It answers. */
  public void there() {
    if (state.getAndSet(State.THERE) == State.AWAY) {
      LOG.info("{} is back", part);
    }
  }

  /** What a look found: nothing, or a problem, which is no news before the part was ever seen. */
  public void seen(Optional<String> problem) {
    if (problem.isEmpty()) {
      there();
    } else if (state.get() == State.THERE) {
      away(problem.get());
    }
  }
}
