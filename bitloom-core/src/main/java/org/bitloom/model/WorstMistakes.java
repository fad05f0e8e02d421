package org.bitloom.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the worst mistakes of a measurement: those where the right class got the least. */
public final class WorstMistakes {
  /** As many as a person looks at. */
  public static final int KEPT = 16;

  private static final Comparator<Mistake> WORST_FIRST =
      Comparator.comparingDouble(Mistake::ofLabel).thenComparingInt(Mistake::sample);

  private final PriorityQueue<Mistake> kept = new PriorityQueue<>(WORST_FIRST.reversed());

  /** Takes a mistake, in any order. */
  public void add(Mistake mistake) {
    kept.add(mistake);
    if (kept.size() > KEPT) {
      kept.poll();
    }
  }

  /** Returns those kept, the worst first. */
  public List<Mistake> worstFirst() {
    List<Mistake> mistakes = new ArrayList<>(kept);
    mistakes.sort(WORST_FIRST);
    return mistakes;
  }
}
