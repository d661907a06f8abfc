package io.fcrawler.store.explore;

import io.fcrawler.store.AcquireReply;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.Refusal;
import io.fcrawler.store.ReleaseRequest;
import io.fcrawler.store.SessionRef;
import io.fcrawler.store.TurnReply;
import io.fcrawler.store.TurnRequest;
import java.util.Optional;

/** A call as the wire carries it, and its answers. */
sealed interface Call {
  SessionRef session();

  Answer run(CrawlStore store);

  record Acquire(AcquireRequest request) implements Call {
    @Override
    public SessionRef session() {
      return request.session();
    }

    @Override
    public Answer run(CrawlStore store) {
      return switch (store.acquire(request)) {
        case AcquireReply.Acquired acquired -> new Acquired(acquired);
        case AcquireReply.Refused refused -> new Refused(refused.refusal());
      };
    }
  }

  /**
   * A turn.
   *
   * @param settled results of each lane that it settles at most
   */
  record Turn(TurnRequest request, int settled) implements Call {
    @Override
    public SessionRef session() {
      return request.session();
    }

    @Override
    public Answer run(CrawlStore store) {
      return switch (store.turn(request)) {
        case TurnReply.Turned turned -> new Turned(this, turned);
        case TurnReply.Refused refused -> new Refused(refused.refusal());
      };
    }
  }

  record Release(ReleaseRequest request) implements Call {
    @Override
    public SessionRef session() {
      return request.session();
    }

    @Override
    public Answer run(CrawlStore store) {
      Optional<Refusal> refusal = store.release(request);
      return refusal.isPresent() ? new Refused(refusal.get()) : new Released();
    }
  }

  /** What the store answers. */
  sealed interface Answer {}

  record Refused(Refusal refusal) implements Answer {}

  record Acquired(AcquireReply.Acquired reply) implements Answer {}

  record Turned(Turn call, TurnReply.Turned reply) implements Answer {}

  record Released() implements Answer {}
}
