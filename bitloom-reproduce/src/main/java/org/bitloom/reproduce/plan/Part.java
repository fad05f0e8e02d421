package org.bitloom.reproduce.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bitloom.error.UsageException;

/** The parts of a reproduction, each of which can be run alone. */
public enum Part {
  DENSE("Fully connected networks"),
  CONV("Convolutional networks"),
  RESIDUAL("Residual networks"),
  BITS("Which bits matter"),
  PAYLOAD("Files in the free bits"),
  NESTED("A network in the free bits");

  private final String title;

  Part(String title) {
    this.title = title;
  }

  /** Returns the heading of the part. */
  public String title() {
    return title;
  }

  /** Returns the word that {@link #parse} reads. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a label.
   *
   * @throws UsageException if it is none
   */
  public static Part parse(String text) {
    return Arrays.stream(values())
        .filter(part -> part.label().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--only must name parts of "
                        + Arrays.stream(values()).map(Part::label).collect(Collectors.joining(", "))
                        + ", got '"
                        + text
                        + "'",
                    "such as --only dense,bits"));
  }

  /**
   * Says whether the quick runs of this part are too few and too short to tell anything: they only
   * show that the commands work.
   */
  public boolean isTooSmallWhenQuick() {
    return this == CONV || this == RESIDUAL;
  }
}
