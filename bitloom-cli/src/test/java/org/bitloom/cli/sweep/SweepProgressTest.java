package org.bitloom.cli.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.bitloom.bits.BitMask;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.terminal.Letters;
import org.bitloom.cli.terminal.Screen;
import org.bitloom.data.Augmentation;
import org.bitloom.model.WeightCounts;
import org.bitloom.run.EpochResult;
import org.bitloom.run.EpochResult.Score;
import org.bitloom.settings.DataSettings;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.settings.RunSettings.FloatWeights;
import org.bitloom.settings.RunSettings.Weights;
import org.bitloom.settings.Schedule;
import org.bitloom.sweep.SweepPlan;
import org.bitloom.update.UpdateRule;
import org.bitloom.worker.RunResult;
import org.bitloom.worker.Standing;
import org.bitloom.worker.SweepRun;
import org.bitloom.worker.TimedResult;
import org.junit.jupiter.api.Test;

final class SweepProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<SweepRun> runs =
      SweepPlan.of(
              LongStream.rangeClosed(1, 3)
                  .boxed()
                  .flatMap(
                      seed -> List.of(run(bits(8), seed), run(new FloatWeights(), seed)).stream())
                  .toList())
          .runs();

  private static Weights bits(int depth) {
    return new BitWeights(depth, BitMask.top(3), UpdateRule.COUPLED, 0);
  }

  private static RunSettings run(Weights weights, long seed) {
    DataSettings data = new DataSettings("mnist", 0, 0, Augmentation.NONE);
    return new RunSettings(
        "lenet300", data, weights, "adam", Schedule.stepped(5, 9e-4), 64, seed, 1);
  }

  private SweepProgress progress(int columns, int rows) {
    PrintStream err = new PrintStream(bytes, true, UTF_8);
    Screen screen = new Screen(err, new Screen.Size(columns, rows), Letters.ASCII);
    return new SweepProgress(
        new Console(err, err, screen, 0),
        () -> false,
        new SweepProgress.Size(
            runs.stream().map(SweepRun::settings).toList(), 6, 0, OptionalInt.of(2)));
  }

  /** Returns what was printed since the last call, without what moves the cursor. */
  private String printed() {
    String text = bytes.toString(UTF_8).replaceAll("\\r|\\u001b\\[[0-9]*[A-K]", "");
    bytes.reset();
    return text;
  }

  private TimedResult finished(SweepRun run) {
    Score score = new Score(0.1, 0.9744);
    EpochResult result =
        new EpochResult(5, score, Optional.empty(), score, new WeightCounts(20, 60, 20));
    return new TimedResult(new RunResult.Finished(run, result, "0"), 12.34);
  }

  @Test
  void everyRunAtWorkHasALineAndOneThatEndedTellsBitsMaskAndSeed() {
    SweepProgress progress = progress(80, 24);
    progress.started(runs.get(0));
    progress.started(runs.get(1));
    printed();
    progress.progress(runs.get(0), new Standing(42, 3, 5, 0.0512, 0.9712));
    assertThat(printed())
        .isEqualTo(
            """
            0 of 6 runs ended, 2 at work
              8 bits top3  seed 1  epoch 3/5  loss 0.0512 _       97.12 %  42 s left
              floats       seed 1  starting"""
                .indent(0)
                .stripTrailing());
    progress.ended(finished(runs.get(0)));
    assertThat(printed())
        .startsWith("1/6  8 bits top3  seed 1  test 97.44 %  non-zero 40.00 %  12.3 s\n");
  }

  @Test
  void aNarrowWindowDoesWithoutTheLossAndThenWithoutTheEndOfTheName() {
    SweepRun run = runs.get(0);
    Standing standing = new Standing(3723, 300, 500, 0.0512, 0.9712);
    for (int columns : new int[] {60, 50}) {
      SweepProgress progress = progress(columns, 24);
      progress.started(run);
      progress.progress(run, standing);
      String name = columns == 60 ? "8 bits top3  seed 1" : "8 bits..";
      assertThat(printed()).endsWith("\n  " + name + "  epoch 300/500  97.12 %  1:02:03 left");
    }
  }

  @Test
  void aLowWindowTellsHowManyRunsItHasNoRoomFor() {
    SweepProgress progress = progress(80, 4);
    runs.subList(0, 4).forEach(progress::started);
    assertThat(printed())
        .endsWith("0 of 6 runs ended, 4 at work\n  8 bits top3  seed 1  starting\n  and 3 more");
  }

  @Test
  void aPipeGetsTheNameOfTheFolderAndNothingLive() {
    SweepProgress progress = progress(0, 0);
    progress.started(runs.get(0));
    progress.progress(runs.get(0), new Standing(42, 3, 5, 0.0512, 0.9712));
    progress.ended(finished(runs.get(0)));
    assertThat(printed())
        .startsWith("1/6  lenet300-mnist-8-11100000-coupled-seed1-")
        .endsWith("  test 97.44 %  non-zero 40.00 %  12.3 s\n")
        .hasLineCount(1);
  }

  @Test
  void thePlanNamesRunsThatDifferInTheSeedOnlyOnce() {
    SweepLines lines = new SweepLines(new SweepPlan(runs), List.of(), java.nio.file.Path.of("out"));
    assertThat(lines.runs())
        .containsExactly(
            "plan           8 bits top3  seeds 1..3",
            "               floats       seeds 1..3",
            "each           lenet300, mnist, coupled, adam, 3x9e-4,1x9e-5,1x9e-6, batch 64");
  }
}
