package org.bitloom.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArenaPoolTest {
  @Test
  void oneCallAfterTheOtherHasTheSameArena() {
    ArenaPool pool = new ArenaPool(new ArenaLayout(List.of(0), List.of(4), 0, 0, 0, 0));
    Arena first = pool.take();
    Arena second = pool.take();
    assertThat(second).as("of a call at the same time").isNotSameAs(first);
    pool.give(first);
    assertThat(pool.take()).isSameAs(first);
  }

  @Test
  void valuesThatAreNeverNeededAtOnceShareAnArray() {
    ArenaPlanner planner = new ArenaPlanner(10);
    int first = planner.operation(20, 0);
    int second = planner.operation(30, first);
    int third = planner.operation(5, second, first);
    planner.operation(1, third);
    ArenaLayout layout = planner.layout();
    assertThat(layout.arrayOfValue()).containsExactly(0, 1, 0, 2, 0);
  }
}
