package io.fcrawler.worker.memory;

/**
 * How a heap is divided.
 *
 * @param budget bytes of pages in flight
 * @param page bytes of the costliest page at its worst moment
 * @param body bytes of a decoded body that are kept
 * @param tree bytes of a page's tree, with its text; what is larger is cut
 * @param output bytes of records on their way to Kafka
 */
public record MemoryPlan(long budget, long page, int body, long tree, long output) {
  private static final long MIB = 1 << 20;

  /** Copies of a body that decoding may make: its bytes, and its characters as they are widened. */
  private static final int DECODING = 6;

  /** Those that remain beside the tree: the bytes, and two bytes for each character. */
  private static final int DECODED = 3;

  private static final long MOST_TREE = 128 * MIB;
  private static final long LEAST_OUTPUT = 16 * MIB;
  private static final long MOST_OUTPUT = 64 * MIB;

  /** For where nobody counts. */
  static final MemoryPlan UNBOUNDED =
      new MemoryPlan(Long.MAX_VALUE / 2, 1 << 30, Integer.MAX_VALUE, MOST_TREE, MOST_OUTPUT);

  /**
   * Divides a heap: half of it is for pages, of which a quarter is left where the costliest page is
   * in work; the other half for all else, and as room to the garbage collector.
   *
   * @param bodyLimit the most that is wanted of a body; it is less where the heap is very small
   */
  public static MemoryPlan of(long heap, int bodyLimit) {
    long budget = heap / 2;
    long body = Math.min(bodyLimit, budget / 12);
    long tree = Math.min(budget / 2, MOST_TREE);
    long page = Math.max(DECODING * body, DECODED * body + tree);
    long output = Math.clamp(heap / 16, LEAST_OUTPUT, MOST_OUTPUT);
    return new MemoryPlan(budget, page, (int) body, tree, output);
  }
}
