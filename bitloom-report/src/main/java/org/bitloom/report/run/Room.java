package org.bitloom.report.run;

/**
 * How much room a run has in a page; what does not fit is thinned out or shown in part.
 *
 * @param planeBytes of packed bit-planes, 0 = none are shown
 * @param epochs that are told one by one, at least 2
 * @param samples of the test data that may be looked at for mistakes, 0 = none
 */
public record Room(int planeBytes, int epochs, int samples) {
  private static final int PLANE_BYTES = 1_000_000;
  private static final int EPOCHS = 2_000;

  /** A page of its own. */
  public static final Room OF_ONE_RUN = new Room(PLANE_BYTES, EPOCHS, 10_000);

  public Room {
    if (planeBytes < 0 || epochs < 2 || samples < 0) {
      throw new IllegalArgumentException(
          "room must be at least 0 bytes, 2 epochs, 0 samples, got "
              + planeBytes
              + ", "
              + epochs
              + ", "
              + samples);
    }
  }

  /** Returns the room of each of some runs on one page. */
  public Room sharedBy(int runs) {
    return new Room(planeBytes / runs, Math.max(30, epochs / runs), samples / runs);
  }

  /** Returns the same room, but for planes and mistakes, which take time. */
  public Room withoutPictures() {
    return new Room(0, epochs, 0);
  }
}
