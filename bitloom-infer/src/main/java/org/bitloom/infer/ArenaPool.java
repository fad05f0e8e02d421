package org.bitloom.infer;

import java.util.ArrayDeque;
import java.util.Deque;

/** Keeps arenas for the next call: never more than there were calls at once. */
final class ArenaPool {
  private final ArenaLayout layout;
  private final Deque<Arena> free = new ArrayDeque<>();

  ArenaPool(ArenaLayout layout) {
    this.layout = layout;
  }

  /** Hands out an arena that nobody else has. */
  Arena take() {
    synchronized (free) {
      Arena arena = free.pollLast();
      if (arena != null) {
        return arena;
      }
    }
    return new Arena(layout);
  }

  /** Takes an arena back. */
  void give(Arena arena) {
    synchronized (free) {
      free.addLast(arena);
    }
  }
}
