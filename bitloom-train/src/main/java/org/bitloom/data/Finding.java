package org.bitloom.data;

/**
 * Something about a data set that its user should know before training on it.
 *
 * @param kind of finding
 * @param text what was found, in one line
 * @param advice what to do about it
 */
public record Finding(Kind kind, String text, String advice) {
  /** Kinds of findings. */
  public enum Kind {
    /** Images of 16 bits lose most of their values. */
    SIXTEEN_BITS("sixteen-bits"),
    /** Images show nothing. */
    ONE_VALUE("one-value"),
    /** Classes have no sample. */
    EMPTY_CLASSES("empty-classes"),
    /** An image is in train and in test. */
    TRAIN_AND_TEST("train-and-test"),
    /** An image is in two classes. */
    TWO_CLASSES("two-classes"),
    /** Some classes are much larger than others. */
    IMBALANCE("imbalance");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** Returns the word in JSON. */
    public String label() {
      return label;
    }
  }

  /** Returns text and advice in one line. */
  public String line() {
    return text + "; " + advice;
  }
}
