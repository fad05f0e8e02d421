package org.bitloom.bench.epoch;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Lets competitors in threads of their own take turns, so that a slow moment of the machine hits
 * them all alike. Only one works at a time.
 */
final class TurnTaking {
  private final List<Semaphore> go = new ArrayList<>();
  private final BitSet left = new BitSet(); // touched by the one whose turn it is

  /** Begins with competitor 0 of so many. */
  TurnTaking(int competitors) {
    for (int i = 0; i < competitors; i++) {
      go.add(new Semaphore(i == 0 ? 1 : 0));
    }
  }

  /** Waits for the turn of a competitor. */
  void await(int competitor) {
    go.get(competitor).acquireUninterruptibly();
  }

  /** Ends the turn of a competitor: the next one that has not left goes on. */
  void pass(int competitor) {
    for (int i = 1; i <= go.size(); i++) {
      int next = (competitor + i) % go.size();
      if (!left.get(next)) {
        go.get(next).release();
        return;
      }
    }
  }

  /** Ends the last turn of a competitor. */
  void leave(int competitor) {
    left.set(competitor);
    pass(competitor);
  }
}
