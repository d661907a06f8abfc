package io.fcrawler.worker.session;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A lane's side of its session.
 *
 * @param nanos the monotonic clock, ns
 * @param authorities those that joined the scope so far
 * @param settling takes visits of this lane
 * @param dropping ends the session, and is told why
 */
record LaneSide(
    LaneState lane,
    LongSupplier nanos,
    Supplier<Set<String>> authorities,
    Consumer<Visit> settling,
    Consumer<String> dropping)
    implements LaneWork.Claims {
  @Override
  public Optional<Claim> next() throws InterruptedException {
    return lane.take();
  }

  @Override
  public Duration leaseLeft() {
    return Duration.ofNanos(lane.leaseEndNs() - nanos.getAsLong());
  }

  @Override
  public Set<String> joined() {
    return authorities.get();
  }

  @Override
  public void settle(Visit visit) {
    settling.accept(visit);
  }

  @Override
  public void fail(Throwable cause) {
    dropping.accept("a page's record could not be put out: " + cause);
  }
}
