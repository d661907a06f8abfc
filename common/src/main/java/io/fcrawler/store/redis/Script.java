package io.fcrawler.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The Lua scripts, each a resource file that documents itself. */
enum Script {
  NOTE,
  RETIRE,
  OPEN,
  CONTROL,
  ACQUIRE,
  TURN,
  RELEASE,
  PROGRESS(Effect.READS),
  RECEIPT(Effect.READS),
  MARK,
  REMOVE,
  FORGET,
  INDEX,
  REPAIR,
  EMPTY,
  REST(Effect.READS),
  LIST(Effect.READS);

  /**
   * The first line of a script, by which Redis refuses all of one that writes, not its middle, when
   * memory or disk is short; and runs one that only reads nevertheless.
   */
  private enum Effect {
    WRITES("#!lua"),
    READS("#!lua flags=no-writes");

    private final String shebang;

    Effect(String shebang) {
      this.shebang = shebang;
    }
  }

  private final String source;
  private final String sha1;

  Script() {
    this(Effect.WRITES);
  }

  Script(Effect effect) {
    source =
        effect.shebang + "\n" + resource("prelude") + resource(name().toLowerCase(Locale.ROOT));
    sha1 = hash(source);
  }

  String source() {
    return source;
  }

  /** The name by which EVALSHA calls it. */
  String sha1() {
    return sha1;
  }

  private static String resource(String name) {
    try (InputStream in = Script.class.getResourceAsStream("/lua/" + name + ".lua")) {
      if (in == null) {
        throw new IllegalStateException("no script " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
