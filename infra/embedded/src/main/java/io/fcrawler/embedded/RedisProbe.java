package io.fcrawler.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;

/**
 * Asks the Redis on a port of 127.0.0.1 how it is, and whether it is the process it should be:
 * where the port was taken before, another server answers.
 */
public final class RedisProbe {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final byte[] REQUEST = "PING\r\nINFO server\r\n".getBytes(US_ASCII);
  private static final int READ_MOST = 4096;

  /** What is on a port. */
  public enum Answer {
    /** The process asked for, and it takes commands; perhaps only after AUTH. */
    READY,
    /** The process asked for, reading its data from disk. */
    LOADING,
    /** Nobody listens, or it isn't the Redis of that process. */
    NONE
  }

  private RedisProbe() {}

  public static Answer ask(int port, long pid) {
    try (Socket socket = Loopback.connect(port, TIMEOUT)) {
      socket.getOutputStream().write(REQUEST);
      return toAnswer(new String(readSome(socket.getInputStream()), US_ASCII), pid);
    } catch (IOException e) {
      return Answer.NONE;
    }
  }

  private static Answer toAnswer(String text, long pid) {
    if (text.startsWith("-NOAUTH")) {
      return Answer.READY;
    }
    if (!text.contains("\r\nprocess_id:" + pid + "\r\n")) {
      return Answer.NONE;
    }
    return text.startsWith("-LOADING") ? Answer.LOADING : Answer.READY;
  }

  /** Reads until the line that tells the process, or the end, or enough. */
  private static byte[] readSome(InputStream in) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && text.size() < READ_MOST; c = in.read()) {
      text.write(c);
      if (c == '\n' && isEnough(text.toString(US_ASCII))) {
        break;
      }
    }
    return text.toByteArray();
  }

  private static boolean isEnough(String text) {
    return text.startsWith("-NOAUTH") || text.contains("\r\nprocess_id:");
  }
}
