package io.fcrawler.worker.fetch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fcrawler.url.CrawlUrl;
import io.fcrawler.worker.memory.Hold;
import io.fcrawler.worker.memory.MemoryBudget.Use;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.internal.http2.ConnectionShutdownException;
import okhttp3.internal.http2.ErrorCode;
import okhttp3.internal.http2.StreamResetException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches by OkHttp, on the calling thread.
 *
 * <p>Nothing is sent twice by itself: the caller knows when the host may be asked again.
 */
public final class OkHttpFetcher implements Fetcher, AutoCloseable {
  private static final String ACCEPT =
      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

  /** What a connection with its buffers takes, and an answer of the common kind. */
  private static final long LEAST_BYTES = 32 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(OkHttpFetcher.class);

  private final FetchSettings settings;
  private final SystemResolver system;
  private final Clients clients;
  private final Answers answers;

  /**
   * URLs that lately failed for now. Their next request gets a connection of its own: it must not
   * fail by what another answer left on a kept one.
   */
  private final Cache<String, Boolean> deferred =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(10)).build();

  public OkHttpFetcher(FetchSettings settings) {
    this(
        settings,
        new SystemResolver(settings.connectTimeout()),
        (settings.anyCertificate() ? Tls.any() : Tls.system())::configure,
        Clock.systemUTC());
  }

  /**
   * A fetcher of given parts.
   *
   * @param system closed with the fetcher
   * @param tls sets up the trust of OkHttp's clients
   */
  OkHttpFetcher(
      FetchSettings settings,
      SystemResolver system,
      Consumer<OkHttpClient.Builder> tls,
      Clock clock) {
    this.settings = settings;
    this.system = system;
    this.clients = new Clients(settings, this::lookup, tls);
    this.answers = new Answers(settings.bodyLimit(), clock);
  }

  @Override
  public FetchOutcome fetch(CrawlUrl url, Duration timeLimit, Hold memory, Runnable sent)
      throws InterruptedException {
    return fetch(PageRequest.of(url), timeLimit, memory, sent);
  }

  @Override
  public FetchOutcome fetch(PageRequest request, Duration timeLimit, Hold memory, Runnable sent)
      throws InterruptedException {
    CrawlUrl url = request.url();
    if (memory.isLacking()) {
      memory.growToWhole();
    } else {
      memory.growTo(LEAST_BYTES, Use.FEW);
    }
    Duration limit = settings.callTimeout();
    Timer timer = new Timer(System::nanoTime, timeLimit.compareTo(limit) < 0 ? timeLimit : limit);
    HttpUrl target = HttpUrl.parse(request.spelled());
    if (target == null) {
      return answers.rejected(url, Reasons.INVALID_URL, 0, false, timer);
    }
    CallTrace trace = new CallTrace(sent);
    CallLimit bounds = new CallLimit(timer, memory, request.most());
    FetchOutcome outcome = fetch(request, target, trace, bounds, timer, memory);
    if (outcome instanceof FetchOutcome.Deferred && !memory.isLacking()) {
      deferred.put(url.value(), true);
    }
    return outcome;
  }

  private FetchOutcome fetch(
      PageRequest request,
      HttpUrl target,
      CallTrace trace,
      CallLimit bounds,
      Timer timer,
      Hold memory)
      throws InterruptedException {
    try {
      return ScopedValue.where(CallTrace.UNDER_WAY, trace)
          .call(() -> call(request, target, trace, bounds, timer));
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while fetching");
      }
      if (bounds.hasWaited() && !bounds.isOver()) {
        memory.lacked();
      }
      return failed(request.url(), bounds.isOver() ? late(e) : e, trace, timer);
    }
  }

  private FetchOutcome failed(CrawlUrl url, IOException e, CallTrace trace, Timer timer) {
    boolean untaken = untaken(e, trace);
    if (untaken) {
      clients.evictIdle(url.host()); // so that the next request has a connection of its own
    } else {
      clients.failed(trace);
    }
    return answers.failed(url, e, untaken, trace, timer);
  }

  private static InterruptedIOException late(IOException cause) {
    InterruptedIOException late = new InterruptedIOException("timeout");
    late.initCause(cause);
    return late;
  }

  private FetchOutcome call(
      PageRequest page, HttpUrl target, CallTrace trace, CallLimit bounds, Timer timer)
      throws IOException {
    CrawlUrl url = page.url();
    Request request =
        new Request.Builder()
            .url(target)
            .headers(headers(page, target))
            .tag(CallTrace.class, trace)
            .tag(CallLimit.class, bounds)
            .build();
    boolean again = deferred.asMap().remove(url.value()) != null;
    OkHttpClient client = again ? clients.single(url.host()) : clients.of(url.host());
    Call call = client.newCall(request);
    bounds.begin(call);
    try (Response response = call.execute()) {
      page.cookies().receive(target, response.headers());
      return answers.answered(url, bounds, response, trace, timer);
    } catch (RuntimeException e) { // OkHttp's own checks of what a server sent
      call.cancel();
      LOG.warn("an answer made {}", e.getClass().getName());
      throw (IOException) new ProtocolException("an answer that cannot be read").initCause(e);
    } finally {
      bounds.end();
    }
  }

  private Headers headers(PageRequest page, HttpUrl target) {
    Headers.Builder headers =
        new Headers.Builder()
            .add("User-Agent", settings.userAgent())
            .add("Accept", ACCEPT)
            .add("Accept-Encoding", ContentCodings.ACCEPTED);
    page.cookies().header(target).ifPresent(cookies -> headers.add("Cookie", cookies));
    return headers.build();
  }

  /** Whether a kept connection was dead, or HTTP/2 says that the stream was not processed. */
  private static boolean untaken(IOException e, CallTrace trace) {
    if (trace.phase() != CallTrace.Phase.HEADER || e instanceof InterruptedIOException) {
      return false;
    }
    return switch (e) {
      case ConnectionShutdownException shutdown -> true;
      case StreamResetException reset -> reset.errorCode == ErrorCode.REFUSED_STREAM;
      default -> trace.reused(); // garbage too, which may belong to the connection's last answer
    };
  }

  private List<InetAddress> lookup(String host) throws UnknownHostException {
    @Nullable List<InetAddress> own = settings.overrides().of(host).orElse(null);
    if (own != null) {
      return own;
    }
    try {
      return system.resolve(host);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // seen by fetch
      throw new TemporaryDnsException("interrupted");
    }
  }

  /** Closes the kept connections. Fetches under way end by themselves. */
  @Override
  public void close() {
    clients.close();
    system.close();
  }
}
