package io.fcrawler.url;

import java.util.Optional;

/**
 * The encoding of a domain label's code points in ASCII.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3492">RFC 3492</a>, sections 5, 6.1 to 6.3, from
 *     which the names of the parameters are
 */
final class Punycode {
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 0x80;

  private final StringBuilder output = new StringBuilder();
  private final int[] input;
  private int bias = INITIAL_BIAS;
  private int read;

  private Punycode(int[] input) {
    this.input = input;
  }

  /** The label's Punycode, without the prefix; the label is at most some 1,000 code points long. */
  static String encode(String label) {
    Punycode encoder = new Punycode(label.codePoints().toArray());
    encoder.run();
    return encoder.output.toString();
  }

  /** The label that {@code encoded} stands for, without the prefix; empty where it is none. */
  static Optional<String> decode(String encoded) {
    int dash = encoded.lastIndexOf('-');
    StringBuilder label = new StringBuilder(encoded.substring(0, Math.max(dash, 0)));
    Punycode state = new Punycode(encoded.substring(dash + 1).chars().toArray());
    int points = label.length();
    long codePoint = INITIAL_N;
    long place = 0;
    boolean first = true;
    while (state.read < state.input.length) {
      long delta = state.delta();
      if (delta < 0) {
        return Optional.empty();
      }
      points++;
      state.adapt((int) delta, points, first);
      first = false;
      place += delta;
      codePoint += place / points;
      place %= points;
      if (codePoint > Character.MAX_CODE_POINT) {
        return Optional.empty();
      }
      label.insert(label.offsetByCodePoints(0, (int) place++), Character.toString((int) codePoint));
    }
    return Optional.of(label.toString());
  }

  /** Reads a generalized variable-length integer; negative where it is none. */
  private long delta() {
    long delta = 0;
    long weight = 1;
    for (int k = BASE; read < input.length && weight < Integer.MAX_VALUE; k += BASE) {
      int digit = value(input[read++]);
      delta += digit * weight;
      int t = Math.clamp(k - bias, T_MIN, T_MAX);
      if (digit < t) {
        return digit < 0 || delta > Integer.MAX_VALUE ? -1 : delta;
      }
      weight *= BASE - t;
    }
    return -1;
  }

  private void run() {
    for (int codePoint : input) {
      if (codePoint < INITIAL_N) {
        output.append((char) codePoint);
      }
    }
    int basic = output.length();
    int handled = basic;
    if (basic > 0) {
      output.append('-');
    }
    int delta = 0;
    for (int n = INITIAL_N; handled < input.length; n++) {
      int next = leastFrom(n);
      delta += (next - n) * (handled + 1);
      n = next;
      for (int codePoint : input) {
        if (codePoint < n) {
          delta++;
        } else if (codePoint == n) {
          append(delta);
          handled++;
          adapt(delta, handled, handled == basic + 1);
          delta = 0;
        }
      }
      delta++;
    }
  }

  private int leastFrom(int n) {
    int least = Integer.MAX_VALUE;
    for (int codePoint : input) {
      if (codePoint >= n && codePoint < least) {
        least = codePoint;
      }
    }
    return least;
  }

  /** Appends the generalized variable-length integer. */
  private void append(int delta) {
    int q = delta;
    for (int k = BASE; ; k += BASE) {
      int t = Math.clamp(k - bias, T_MIN, T_MAX);
      if (q < t) {
        output.append(digit(q));
        return;
      }
      output.append(digit(t + (q - t) % (BASE - t)));
      q = (q - t) / (BASE - t);
    }
  }

  private void adapt(int delta, int points, boolean first) {
    int d = first ? delta / DAMP : delta / 2;
    d += d / points;
    int k = 0;
    while (d > (BASE - T_MIN) * T_MAX / 2) {
      d /= BASE - T_MIN;
      k += BASE;
    }
    bias = k + (BASE - T_MIN + 1) * d / (d + SKEW);
  }

  /** Of a digit in lower case; negative for another character. */
  private static int value(int digit) {
    if (digit >= 'a' && digit <= 'z') {
      return digit - 'a';
    }
    return digit >= '0' && digit <= '9' ? digit - '0' + 26 : -1;
  }

  private static char digit(int value) {
    return (char) (value < 26 ? 'a' + value : '0' + value - 26);
  }
}
