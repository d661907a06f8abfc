package io.fcrawler.api;

import io.fcrawler.store.CrawlStore;
import io.fcrawler.store.NotPermittedException;
import io.fcrawler.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A store before another one, of which some calls may be unavailable. */
final class TestingStore {
  private final CrawlStore store;
  private final AtomicReference<Set<String>> unavailable = new AtomicReference<>(Set.of());
  private volatile String refusal = "";

  TestingStore(CrawlStore store) {
    this.store = store;
  }

  /** Nothing answers any more. */
  void away() {
    unavailable.set(Set.of("*"));
  }

  /** These methods do not answer any more; with none, all do. */
  void without(String... methods) {
    unavailable.set(Set.of(methods));
  }

  /** Everything is refused in these words from now on; with none, nothing is. */
  void refuses(String words) {
    refusal = words;
  }

  CrawlStore proxy() {
    return (CrawlStore)
        Proxy.newProxyInstance(
            CrawlStore.class.getClassLoader(),
            new Class<?>[] {CrawlStore.class},
            (_, method, args) -> call(method, args));
  }

  private @Nullable Object call(Method method, Object[] args) throws Throwable {
    Set<String> absent = unavailable.get();
    String name = method.getName();
    if (!refusal.isEmpty() && !name.equals("close") && !name.equals("problem")) {
      throw new NotPermittedException(refusal, new IllegalStateException("test"));
    }
    if (name.equals("problem")) {
      return absent.isEmpty() ? Optional.empty() : Optional.of("does not answer");
    }
    if (!name.equals("close") && (absent.contains("*") || absent.contains(name))) {
      throw new StoreUnavailableException("away", new IllegalStateException("test"));
    }
    try {
      return method.invoke(store, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
