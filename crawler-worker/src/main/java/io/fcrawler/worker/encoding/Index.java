package io.fcrawler.worker.encoding;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The characters of an index by their pointers, and the other way. Read when it is first asked.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#indexes">WHATWG Encoding, section 5</a>
 */
final class Index {
  /** No character, or no pointer. */
  static final int NONE = -1;

  static final Index JIS0208 = new Index("jis0208", pointer -> true);
  static final Index JIS0212 = new Index("jis0212", pointer -> true);

  private static final int POINTERS = 1 << 15;
  private static final int POINTER_BITS = 16;
  private static final long POINTER = (1 << POINTER_BITS) - 1;

  private final String name;
  private final IntPredicate written;
  private volatile @Nullable Tables tables;

  /**
   * Both tables.
   *
   * @param codePoints by pointer
   * @param pointers code points with their pointers below them, in order
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Tables(int[] codePoints, long[] pointers) {}

  /**
   * An index.
   *
   * @param written which pointers may be written
   */
  Index(String name, IntPredicate written) {
    this.name = name;
    this.written = written;
  }

  /** The character of a pointer, {@link #NONE} where there is none. */
  int codePoint(int pointer) {
    int[] codePoints = tables().codePoints;
    return pointer >= 0 && pointer < codePoints.length ? codePoints[pointer] : NONE;
  }

  /** The first pointer of a character that may be written; {@link #NONE} where there is none. */
  int pointer(int codePoint) {
    long[] pointers = tables().pointers;
    return pointer(pointers, place(pointers, codePoint), codePoint);
  }

  /** The last pointer of a character that may be written. */
  int lastPointer(int codePoint) {
    long[] pointers = tables().pointers;
    return pointer(pointers, place(pointers, codePoint + 1) - 1, codePoint);
  }

  private static int pointer(long[] pointers, int place, int codePoint) {
    boolean there =
        place >= 0 && place < pointers.length && pointers[place] >> POINTER_BITS == codePoint;
    return there ? (int) (pointers[place] & POINTER) : NONE;
  }

  /** Where the pointers of a character begin, or would. */
  private static int place(long[] pointers, int codePoint) {
    int place = Arrays.binarySearch(pointers, (long) codePoint << POINTER_BITS);
    return place < 0 ? -place - 1 : place;
  }

  private Tables tables() {
    @Nullable Tables read = tables;
    return read == null ? tablesOnce() : read;
  }

  private synchronized Tables tablesOnce() {
    if (tables == null) {
      tables = read();
    }
    return tables;
  }

  private Tables read() {
    int[] codePoints = new int[POINTERS];
    Arrays.fill(codePoints, NONE);
    for (String line : Resource.lines("index-" + name + ".txt")) {
      int blank = line.indexOf(' ');
      int pointer = Integer.parseInt(line, 0, blank, 10);
      int[] characters = line.substring(blank + 1).codePoints().toArray();
      System.arraycopy(characters, 0, codePoints, pointer, characters.length);
    }
    long[] pointers = new long[POINTERS];
    int count = 0;
    for (int i = 0; i < POINTERS; i++) {
      if (codePoints[i] != NONE && written.test(i)) {
        pointers[count++] = (long) codePoints[i] << POINTER_BITS | i;
      }
    }
    long[] sorted = Arrays.copyOf(pointers, count);
    Arrays.sort(sorted);
    return new Tables(codePoints, sorted);
  }
}
