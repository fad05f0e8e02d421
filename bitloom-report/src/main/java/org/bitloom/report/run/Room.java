package org.bitloom.report.run;

/**
 * How much room a run has in a page; what does not fit is thinned out or shown in part.
 *
 * @param planeBytes of packed bit-planes, 0 = none are shown
 * @param epochs that are told one by one, at least 2
 * @param model whether its model is looked into, which takes time
 * @param mistakes whether its mistakes are shown
 */
public record Room(int planeBytes, int epochs, boolean model, boolean mistakes) {
  private static final int PLANE_BYTES = 1_000_000;
  private static final int EPOCHS = 2_000;
  private static final int FEWEST_EPOCHS = 30;
  private static final int MOST_MODELS = 40;

  /** Epochs of all runs on a page, which are its largest part in a sweep of many. */
  private static final int EPOCHS_OF_ALL = 20_000;

  /** A page of its own. */
  public static final Room OF_ONE_RUN = new Room(PLANE_BYTES, EPOCHS, true, true);

  public Room {
    if (planeBytes < 0 || epochs < 2) {
      throw new IllegalArgumentException(
          "room must be at least 0 bytes and 2 epochs, got " + planeBytes + " and " + epochs);
    }
  }

  /** Returns the room of each of some runs that are compared on one page. */
  public Room sharedBy(int runs) {
    return new Room(planeBytes / runs, shared(runs), model, mistakes);
  }

  /** Returns the room of each of the runs of a sweep: no planes, no mistakes. */
  public Room ofSweep(int runs) {
    return new Room(0, shared(Math.max(1, runs)), model && runs <= MOST_MODELS, false);
  }

  private int shared(int runs) {
    return Math.min(epochs, Math.max(FEWEST_EPOCHS, EPOCHS_OF_ALL / runs));
  }

  /** Returns the same room, but for what takes time. */
  public Room withoutPictures() {
    return new Room(0, epochs, model, mistakes);
  }
}
