package io.fcrawler.worker.session;

import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.NotExecutedException;
import io.fcrawler.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store whose calls can be made to fail, and are counted. */
final class FaultyStore {
  /** What happens to a call. */
  enum Fault {
    NONE,
    /** It is executed, and the answer gets lost. */
    ANSWER_LOST,
    /** The answer says that it was not executed. */
    NOT_EXECUTED
  }

  private final CrawlStore store;

  /** The next calls of turn, acquire and release take their faults from here, in order. */
  final Queue<Fault> faults = new ConcurrentLinkedQueue<>();

  /** Names of the session's calls made so far. */
  final List<String> calls = new CopyOnWriteArrayList<>();

  /** While set, every call of a session fails without having been executed. */
  final AtomicBoolean away = new AtomicBoolean();

  FaultyStore(CrawlStore store) {
    this.store = store;
  }

  CrawlStore store() {
    return (CrawlStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {CrawlStore.class},
            (proxy, method, args) -> {
              boolean session = List.of("turn", "acquire", "release").contains(method.getName());
              Fault fault = session ? next(method.getName()) : Fault.NONE;
              if (fault == Fault.NOT_EXECUTED) {
                throw new NotExecutedException("told so", new java.io.IOException("told so"));
              }
              Object answer = call(method, args);
              if (fault == Fault.ANSWER_LOST) {
                throw new StoreUnavailableException("told so", new java.io.IOException("told so"));
              }
              return answer;
            });
  }

  private Fault next(String name) {
    calls.add(name);
    if (away.get()) {
      return Fault.NOT_EXECUTED;
    }
    Fault fault = faults.poll();
    return fault == null ? Fault.NONE : fault;
  }

  private Object call(java.lang.reflect.Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(store, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
