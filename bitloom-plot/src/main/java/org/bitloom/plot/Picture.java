package org.bitloom.plot;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Names the pictures that can be drawn of a sweep. */
public enum Picture {
  /** Accuracy and share of non-zero weights against the number of trained top bits. */
  ACCURACY("accuracy"),
  /** All masks of one depth, the best first, and what each bit contributes. */
  EVERY("every"),
  /** One trained bit at a time. */
  SINGLE("single");

  private final String fileName;

  Picture(String fileName) {
    this.fileName = fileName;
  }

  /** Returns the name of the picture's files without {@code .svg} and {@code .png}. */
  public String fileName() {
    return fileName;
  }

  /**
   * Returns the pictures that say something about the points, in the order of this enum.
   *
   * <p>{@link #ACCURACY} needs two points of top bits that differ in depth or number, or one if no
   * other picture applies; {@link #EVERY} a depth of 2..12 of which at least three quarters of the
   * masks were run; {@link #SINGLE} a depth of which at least half of the bits, and no fewer than
   * three, were trained alone (both bits at depth 2). Points of different groups do not complete
   * each other.
   */
  public static Set<Picture> applicableTo(List<SweepPoint> points) {
    Set<Picture> applicable = EnumSet.noneOf(Picture.class);
    for (MaskTable table : MaskTable.of(points)) {
      if (table.isNearlyComplete()) {
        applicable.add(EVERY);
      }
      if (table.coversSingleBits()) {
        applicable.add(SINGLE);
      }
    }
    long tops =
        points.stream().filter(SweepPoint::trainsTopBits).map(SweepPoint::mask).distinct().count();
    if (tops > 1 || (tops == 1 && applicable.isEmpty())) {
      applicable.add(ACCURACY);
    }
    return applicable;
  }
}
