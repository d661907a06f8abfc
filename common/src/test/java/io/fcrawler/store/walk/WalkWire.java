package io.fcrawler.store.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fcrawler.seed.Seed;
import io.fcrawler.store.AcquireReply;
import io.fcrawler.store.AcquireRequest;
import io.fcrawler.store.Progress;
import io.fcrawler.store.Receipt;
import io.fcrawler.store.Refusal;
import io.fcrawler.store.ReleaseRequest;
import io.fcrawler.store.StoreBackend;
import io.fcrawler.store.TurnReply;
import io.fcrawler.store.TurnRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The way between workers and the store, that loses questions and answers, and brings some calls
 * late or twice. A call that is refused must have changed nothing.
 */
final class WalkWire {
  private static final int REMEMBERED = 30;

  private final StoreBackend backend;
  private final Random random;
  private final Seed seed;
  private final Deque<Runnable> sent = new ArrayDeque<>();

  /** One call in so many is lost; 0 for none. */
  private int lossOneIn;

  WalkWire(StoreBackend backend, Random random, Seed seed, int lossOneIn) {
    this.backend = backend;
    this.random = random;
    this.seed = seed;
    this.lossOneIn = lossOneIn;
  }

  /** From now on all calls are answered. */
  void repair() {
    lossOneIn = 0;
  }

  /** Empty where the answer, or already the question, is lost. */
  Optional<AcquireReply> acquire(AcquireRequest request) {
    return send(() -> backend.store().acquire(request), AcquireReply.Refused.class::isInstance);
  }

  /** Empty where the answer, or already the question, is lost. */
  Optional<TurnReply> turn(TurnRequest request) {
    return send(() -> backend.store().turn(request), TurnReply.Refused.class::isInstance);
  }

  /** Empty where the answer, or already the question, is lost; else the refusal, if any. */
  Optional<Optional<Refusal>> release(ReleaseRequest request) {
    return send(() -> backend.store().release(request), Optional::isPresent);
  }

  private <R> Optional<R> send(Supplier<R> call, Function<R, Boolean> refused) {
    sent.addLast(() -> checked(call, refused));
    if (sent.size() > REMEMBERED) {
      sent.removeFirst();
    }
    boolean lost = lossOneIn > 0 && random.nextInt(lossOneIn) == 0;
    if (lost && random.nextBoolean()) {
      return Optional.empty(); // it never came to the store
    }
    R reply = checked(call, refused);
    return lost ? Optional.empty() : Optional.of(reply);
  }

  private <R> R checked(Supplier<R> call, Function<R, Boolean> refused) {
    Object before = image();
    R reply = call.get();
    if (refused.apply(reply)) {
      assertEquals(before, image(), "a refused call changed something");
    }
    return reply;
  }

  private Object image() {
    return backend.image().orElseGet(this::numbers);
  }

  private List<Object> numbers() {
    Optional<Receipt> receipt = backend.store().receipt(seed);
    return List.of(receipt, backend.store().progress(seed).map(Progress::updatedAt));
  }

  /** Brings some call that was made or lost before, whose sender does not wait for it any more. */
  void late() {
    if (!sent.isEmpty()) {
      new ArrayList<>(sent).get(random.nextInt(sent.size())).run();
    }
  }
}
