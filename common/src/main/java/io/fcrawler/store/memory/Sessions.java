package io.fcrawler.store.memory;

import io.fcrawler.store.SessionRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sessions of one crawl. One that is not used for ten leases is forgotten. */
final class Sessions extends StatePart {
  private static final int LEASES = 10;

  /** For a session that began without naming a lease. */
  private static final Duration UNNAMED_LEASE = Duration.ofSeconds(10);

  /** The next call's seq, and when it is too late for one. */
  private record Session(long seq, Instant expires) {}

  private final Map<String, Session> byId;

  Sessions() {
    byId = new HashMap<>();
  }

  private Sessions(Sessions other) {
    byId = new HashMap<>(other.byId);
  }

  Sessions copy() {
    return new Sessions(this);
  }

  /** Whether a call may be executed: its seq is the expected one; 0 only where there is none. */
  boolean expects(SessionRef call, Instant now) {
    Session session = live(call.id(), now);
    return call.seq() == (session == null ? 0 : session.seq());
  }

  /** Raises the seq; a call that names a lease also prolongs the session. */
  void accept(SessionRef call, Optional<Duration> lease, Instant now) {
    Session session = live(call.id(), now);
    Instant expires =
        session == null || lease.isPresent()
            ? now.plus(lease.orElse(UNNAMED_LEASE).multipliedBy(LEASES))
            : session.expires();
    byId.values().removeIf(old -> !now.isBefore(old.expires()));
    byId.put(call.id(), new Session(call.seq() + 1, expires));
  }

  void end(String id) {
    byId.remove(id);
  }

  private @Nullable Session live(String id, Instant now) {
    Session session = byId.get(id);
    return session != null && now.isBefore(session.expires()) ? session : null;
  }

  @Override
  List<?> content() {
    return List.of(byId);
  }
}
