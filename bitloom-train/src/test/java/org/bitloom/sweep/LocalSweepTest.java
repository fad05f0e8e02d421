package org.bitloom.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.testkit.Seeds;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.Standing;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.TimedResult;
import org.bitloom.worker.WorkerCommand;
import org.bitloom.worker.WorkerPool;
import org.bitloom.worker.WorkerTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps on this machine, with real workers. */
class LocalSweepTest {
  private static final int KILLS = 3;
  private static final int LONGEST_MILLIS = 6000;

  @TempDir static Path shared;

  @TempDir Path folder;

  private static Path data;
  private static SweepPlan plan;
  private static List<RunResult> ends;
  private static Set<String> expected;

  @BeforeAll
  static void sweepOneRunAtATime() throws Exception {
    data = ToyImages.SMALL.write(shared.resolve("data"));
    plan = ToySweep.plan(data);
    ends = ToySweep.run(shared.resolve("whole"), plan, 1, ToySweep.NOBODY);
    expected = ToySweep.lines(shared.resolve("whole"));
  }

  @Test
  void everyRunEndsAndAFailureStopsNoOther() {
    assertThat(ends).hasSameSizeAs(plan.runs());
    assertThat(ends)
        .filteredOn(RunResult.Failed.class::isInstance)
        .singleElement()
        .satisfies(
            end ->
                assertThat(((RunResult.Failed) end).error())
                    .isEqualTo("limit must be at most the 600 training samples, got 100000"));
    assertThat(ends)
        .filteredOn(RunResult.Finished.class::isInstance)
        .allSatisfy(
            end -> assertThat(((RunResult.Finished) end).testAccuracy()).isGreaterThan(0.8));
  }

  @Test
  void resultsDoNotDependOnHowManyRunAtOnce() throws Exception {
    ToySweep.run(folder, plan, 3, ToySweep.NOBODY);
    assertThat(ToySweep.lines(folder)).isEqualTo(expected);
  }

  @Test
  void killedThreeTimesItEndsInTheSameLines() throws Exception {
    SplittableRandom random = Seeds.random("sweep kills");
    WorkerCommand java = WorkerCommand.likeThisJvm();
    List<String> command = new ArrayList<>(List.of(java.java()));
    command.addAll(java.flags());
    command.addAll(List.of("-cp", java.classPath(), SweepProgram.class.getName()));
    command.addAll(List.of(folder.toString(), data.toString()));
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = launch(command);
      process.waitFor(random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
    }
    assertThat(launch(command).waitFor()).isZero();
    assertThat(ToySweep.lines(folder)).isEqualTo(expected);
  }

  private static Process launch(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void stoppedItKeepsCheckpointsAndGoesOnToTheSameLines() throws Exception {
    AtomicInteger reports = new AtomicInteger();
    SweepEngine.Watcher stops =
        new ToySweep.Quiet() {
          @Override
          public void progress(SweepRun run, Standing standing) {
            reports.incrementAndGet();
          }

          @Override
          public boolean stopRequested() {
            return reports.get() > 0;
          }
        };
    List<RunResult> before = ToySweep.run(folder, plan, 2, stops);
    assertThat(before).hasSizeLessThan(plan.runs().size());
    try (var files = Files.walk(folder.resolve("runs"))) {
      assertThat(files.filter(file -> file.endsWith("state.safetensors"))).isNotEmpty();
    }
    ToySweep.run(folder, plan, 2, ToySweep.NOBODY);
    assertThat(ToySweep.lines(folder)).isEqualTo(expected);
  }

  @Test
  void aWorkerThatDiesIsAFailedRun() throws Exception {
    WorkerCommand broken =
        new WorkerCommand(WorkerCommand.thisJava(), List.of(), folder.toString(), Map.of());
    SweepRun run = plan.runs().get(0);
    try (WorkerPool pool = new WorkerPool(broken)) {
      Optional<TimedResult> trained =
          pool.train(
              new WorkerTask(run, folder.resolve("run"), Optional.empty(), DeviceChoice.CPU),
              left -> {});
      assertThat(((RunResult.Failed) trained.orElseThrow().result()).error())
          .startsWith("the process of a run must live until the run ends, found exit code 1 (")
          .contains("WorkerMain");
    }
  }
}
