package io.fcrawler.worker.parse;

import java.util.Arrays;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jspecify.annotations.Nullable;

/** The stack of the elements that a walk is in, each with its meaning and its next child. */
final class OpenElements {
  /** The depth of an empty stack; the outermost element has depth 0. */
  static final int NONE = -1;

  private Element[] elements = new Element[64];
  private ElementKind[] kinds = new ElementKind[64];
  private Vocabulary[] vocabularies = new Vocabulary[64];
  private int[] next = new int[64];
  private int depth = NONE;

  int depth() {
    return depth;
  }

  Element element() {
    return elements[depth];
  }

  ElementKind kind() {
    return kinds[depth];
  }

  Vocabulary vocabulary() {
    return vocabularies[depth];
  }

  /** The next child of the innermost element; null after its last. */
  @Nullable Node nextChild() {
    Element element = elements[depth];
    return next[depth] == element.childNodeSize() ? null : element.childNode(next[depth]++);
  }

  void push(Element element, Vocabulary vocabulary, ElementKind kind) {
    depth++;
    if (depth == elements.length) {
      elements = Arrays.copyOf(elements, 2 * depth);
      kinds = Arrays.copyOf(kinds, 2 * depth);
      vocabularies = Arrays.copyOf(vocabularies, 2 * depth);
      next = Arrays.copyOf(next, 2 * depth);
    }
    elements[depth] = element;
    kinds[depth] = kind;
    vocabularies[depth] = vocabulary;
    next[depth] = 0;
  }

  void pop() {
    depth--;
  }
}
