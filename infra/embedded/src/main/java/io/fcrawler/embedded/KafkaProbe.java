package io.fcrawler.embedded;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Asks whether a Kafka broker on a port of 127.0.0.1 takes requests. That it accepts connections
 * doesn't tell: its socket is open before it has read its logs.
 */
public final class KafkaProbe {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final short API_VERSIONS = 18;
  private static final int CORRELATION_ID = 0x66637261;

  private KafkaProbe() {}

  public static boolean answers(int port) {
    try (Socket socket = Loopback.connect(port, TIMEOUT)) {
      socket.getOutputStream().write(apiVersionsRequest());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int size = in.readInt();
      return size >= 6 && in.readInt() == CORRELATION_ID && in.readShort() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** ApiVersions, version 0: a header of version 1 with a null client id, and an empty body. */
  private static byte[] apiVersionsRequest() {
    return ByteBuffer.allocate(14)
        .putInt(10)
        .putShort(API_VERSIONS)
        .putShort((short) 0)
        .putInt(CORRELATION_ID)
        .putShort((short) -1)
        .array();
  }
}
