package org.bitloom.update.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadTeamTest {
  private static final int SHARED = 80_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyWeightIsVisitedOnce(int threads) {
    try (ThreadTeam team = new ThreadTeam(threads)) {
      for (int weights : new int[] {0, 1, 63, 1024, 1025, 65_535, 65_536, 65_537, SHARED}) {
        AtomicIntegerArray visits = new AtomicIntegerArray(weights);
        team.run(
            weights,
            chunk -> {
              assertThat(chunk.from % 64).isZero();
              assertThat(chunk.start).isZero();
              for (int i = 0; i < chunk.count; i++) {
                visits.incrementAndGet(chunk.from + i);
              }
            });
        for (int i = 0; i < weights; i++) {
          assertThat(visits.get(i)).as("weight %d of %d", i, weights).isEqualTo(1);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aFailureReachesTheCallerAndTheTeamGoesOn(int threads) {
    try (ThreadTeam team = new ThreadTeam(threads)) {
      for (int weights : new int[] {100, SHARED}) {
        for (int round = 0; round < 20; round++) {
          int failing = round * 1024 % weights / 1024 * 1024;
          assertThatThrownBy(() -> team.run(weights, chunk -> failAt(failing, chunk)))
              .isInstanceOf(ArithmeticException.class)
              .hasMessage("at " + failing);
          assertThatThrownBy(() -> team.run(weights, chunk -> breakAt(failing, chunk)))
              .isInstanceOf(StackOverflowError.class);
          AtomicIntegerArray visits = new AtomicIntegerArray(1);
          team.run(weights, chunk -> visits.addAndGet(0, chunk.count));
          assertThat(visits.get(0)).isEqualTo(weights);
        }
      }
    }
  }

  private static void failAt(int from, Chunk chunk) {
    if (chunk.from == from) {
      throw new ArithmeticException("at " + from);
    }
  }

  private static void breakAt(int from, Chunk chunk) {
    if (chunk.from == from) {
      throw new StackOverflowError();
    }
  }

  @Test
  void aClosedTeamRefusesWorkAndItsThreadsEnd() throws InterruptedException {
    Thread[] served = new Thread[1];
    ThreadTeam team = new ThreadTeam(2);
    while (served[0] == null) { // until the other worker took a chunk
      team.run(
          SHARED,
          chunk -> {
            if (Thread.currentThread().getName().equals("bitloom-update-1")) {
              served[0] = Thread.currentThread();
            }
          });
    }
    team.close();
    team.close();
    served[0].join(10_000);
    assertThat(served[0].isAlive()).isFalse();
    assertThatThrownBy(() -> team.run(1, chunk -> {}))
        .hasMessage("thread team must be open, it is closed");
  }

  @Test
  void aTeamOfNobodyIsRejected() {
    assertThatThrownBy(() -> new ThreadTeam(0)).hasMessage("threads must be at least 1, got 0");
  }
}
