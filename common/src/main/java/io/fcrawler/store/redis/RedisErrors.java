package io.fcrawler.store.redis;

import io.fcrawler.store.NotExecutedException;
import io.fcrawler.store.NotPermittedException;
import io.fcrawler.store.StoreUnavailableException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.redisson.client.RedisAskException;
import org.redisson.client.RedisAuthRequiredException;
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
import org.redisson.client.RedisWrongPasswordException;

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
          "NOREPLICAS",
          "NOAUTH",
          "WRONGPASS");

  /** The same where its user may not make the call, or not with these keys. */
  private static final String NO_PERMISSION = "NOPERM";

  /** The same where Redisson has an exception of its own for them. */
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
          RedisNoReplicasException.class,
          RedisAuthRequiredException.class,
          RedisWrongPasswordException.class);

  private RedisErrors() {}

  static RuntimeException translate(RuntimeException e) {
    if (e instanceof StoreUnavailableException) {
      return e;
    }
    if (e instanceof CompletionException && e.getCause() instanceof RuntimeException cause) {
      return translate(cause);
    }
    if (e instanceof RedisException && starts(e, NO_PERMISSION)) {
      return new NotPermittedException(firstSentence(e), e);
    }
    if (notExecuted(e)) {
      return new NotExecutedException("Redis did not execute the call: " + e.getMessage(), e);
    }
    if (silent(e)) {
      return new StoreUnavailableException("Redis did not answer: " + e.getMessage(), e);
    }
    return e;
  }

  private static boolean notExecuted(RuntimeException e) {
    if (ANSWERS.stream().anyMatch(type -> type.isInstance(e)) || neverConnected(e)) {
      return true;
    }
    return e instanceof RedisException && NOT_EXECUTED.stream().anyMatch(word -> starts(e, word));
  }

  private static boolean starts(RuntimeException e, String word) {
    return String.valueOf(e.getMessage()).startsWith(word + " ");
  }

  /** What Redis said, without what Redisson adds. */
  private static String firstSentence(RuntimeException e) {
    return String.valueOf(e.getMessage()).split("\\. ", 2)[0];
  }

  private static boolean neverConnected(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException) {
        return true;
      }
    }
    return false;
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
