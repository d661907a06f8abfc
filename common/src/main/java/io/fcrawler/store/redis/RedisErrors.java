package io.fcrawler.store.redis;

import io.fcrawler.store.NotExecutedException;
import io.fcrawler.store.NotPermittedException;
import io.fcrawler.store.StoreUnavailableException;
import java.net.ConnectException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.redisson.client.RedisAskException;
import org.redisson.client.RedisBusyException;
import org.redisson.client.RedisClusterDownException;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisLoadingException;
import org.redisson.client.RedisMasterDownException;
import org.redisson.client.RedisMovedException;
import org.redisson.client.RedisNoReplicasException;
import org.redisson.client.RedisNodeNotFoundException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.RedisReadonlyException;
import org.redisson.client.RedisResponseTimeoutException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.RedisTryAgainException;

/** Tells answers that mean "nothing was done" from silence, and both from bugs. */
final class RedisErrors {
  /** First words of error replies that Redis gives before it begins to execute. */
  private static final List<String> NOT_EXECUTED =
      List.of(
          "MOVED",
          "ASK",
          "TRYAGAIN",
          "CLUSTERDOWN",
          "LOADING",
          "BUSY",
          "OOM",
          "MISCONF",
          "READONLY",
          "MASTERDOWN",
          "NOREPLICAS");

  /**
   * What error replies begin with where nobody, or another user, was let in, or where the user may
   * not do that, or a script in its name.
   */
  private static final List<String> NOT_PERMITTED =
      List.of(
          "NOAUTH",
          "WRONGPASS",
          "NOPERM",
          "ERR The user executing the script can't",
          "ERR ACL failure in script:");

  /** Answers of {@link #NOT_EXECUTED} for which Redisson has an exception of its own. */
  private static final List<Class<? extends RedisException>> ANSWERS =
      List.of(
          RedisNodeNotFoundException.class,
          RedisMovedException.class,
          RedisAskException.class,
          RedisTryAgainException.class,
          RedisClusterDownException.class,
          RedisLoadingException.class,
          RedisBusyException.class,
          RedisOutOfMemoryException.class,
          RedisReadonlyException.class,
          RedisMasterDownException.class,
          RedisNoReplicasException.class);

  private static final String OOM = "OOM ";

  private static final Pattern ADDED =
      Pattern.compile("\\. | script: [0-9a-f]|, is non-idempotent");

  private RedisErrors() {}

  static RuntimeException translate(RuntimeException e) {
    if (e instanceof StoreUnavailableException) {
      return e;
    }
    if (e instanceof CompletionException && e.getCause() instanceof RuntimeException cause) {
      return translate(cause);
    }
    Optional<String> refusal = refusal(e);
    if (refusal.isPresent()) {
      return new NotPermittedException(refusal.get(), e);
    }
    Optional<String> unconnected = neverConnected(e);
    if (unconnected.isPresent()) {
      return new NotExecutedException("Redis cannot be reached: " + unconnected.get(), e);
    }
    if (notExecuted(e)) {
      String word = e instanceof RedisOutOfMemoryException ? OOM : ""; // Redisson leaves it out
      return new NotExecutedException(
          "Redis did not execute the call: " + word + firstSentence(e), e);
    }
    if (silent(e)) {
      return new StoreUnavailableException("Redis did not answer: " + firstSentence(e), e);
    }
    return e;
  }

  /** In Redis's words; where it let nobody in, Redisson has them as the cause. */
  private static Optional<String> refusal(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (startsWithAny(cause, NOT_PERMITTED)) {
        return Optional.of(firstSentence(cause));
      }
    }
    return Optional.empty();
  }

  private static boolean notExecuted(RuntimeException e) {
    return ANSWERS.stream().anyMatch(type -> type.isInstance(e)) || startsWithAny(e, NOT_EXECUTED);
  }

  private static boolean startsWithAny(Throwable e, List<String> words) {
    String message = String.valueOf(e.getMessage());
    return e instanceof RedisException
        && words.stream().anyMatch(word -> message.startsWith(word + " "));
  }

  /** What was said, without a script's name and what Redisson adds: advice, keys and arguments. */
  private static String firstSentence(Throwable e) {
    return ADDED.split(String.valueOf(e.getMessage()), 2)[0];
  }

  /** Why there was no connection by which the call could have been sent, if there was none. */
  private static Optional<String> neverConnected(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException) {
        return Optional.of(String.valueOf(cause.getMessage()));
      }
    }
    return Optional.empty();
  }

  private static boolean silent(RuntimeException e) {
    if (e instanceof RedisTimeoutException
        || e instanceof RedisResponseTimeoutException
        || e instanceof RedisConnectionException) {
      return true;
    }
    // What Redisson itself says has no error reply's first word, which is "ERR" for a script's bug.
    return e instanceof RedisException && !String.valueOf(e.getMessage()).startsWith("ERR");
  }
}
