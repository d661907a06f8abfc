package io.fcrawler.worker.parse;

import java.util.Optional;

/**
 * The heap that reading a page takes.
 *
 * @param bytes at its worst moment, the body among them
 * @param nodes of them for the nodes of its tree, which are no more
 */
public record PageCost(long bytes, long nodes) {
  /** An answer that is not read. */
  private static final long NONE = 0;

  /** The least for nodes: no page of the common kind is ever cut. */
  private static final long LEAST = 4 << 20;

  /** Nodes that a tag makes at worst: a paragraph repeats up to 12 open elements of style. */
  private static final int TAG_AT_WORST = 2600;

  /** Of attributes without values and with names of one letter. */
  private static final int CHARACTER_AT_WORST = 20;

  private static final int TAG = 400;
  private static final int ATTRIBUTE = 120;

  /**
   * Estimates it by counting tags and attributes.
   *
   * @param tree the most for a tree and its text
   */
  public static PageCost of(Optional<String> contentType, byte[] body, long tree) {
    if (ContentKind.of(contentType, body) == ContentKind.OTHER) {
      return new PageCost(body.length, NONE);
    }
    long tags = 0;
    long values = 0;
    int wide = 0;
    for (byte b : body) {
      tags += b == '<' ? 1 : 0;
      values += b == '=' ? 1 : 0;
      wide |= b;
    }
    long length = body.length;
    long text = wide < 0 ? 2 * length : length;
    long most = tree - text;
    long worst = atWorst(tags, length);
    long likely = Math.max(LEAST, tags * TAG + values * ATTRIBUTE);
    long nodes = worst <= most / 4 ? worst : Math.min(likely, most);
    return new PageCost(length + Math.max(text + 2 * length, 2 * text + nodes), nodes);
  }

  /** Bytes of nodes that no markup of a length and with so many tags can exceed. */
  static long atWorst(long tags, long length) {
    return tags * TAG_AT_WORST + length * CHARACTER_AT_WORST;
  }
}
