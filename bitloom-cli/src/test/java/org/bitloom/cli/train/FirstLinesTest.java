package org.bitloom.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.bitloom.bits.BitMask;
import org.bitloom.data.Augmentation;
import org.bitloom.settings.DataSettings;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.settings.RunSettings.FloatWeights;
import org.bitloom.settings.RunSettings.Weights;
import org.bitloom.settings.Schedule;
import org.bitloom.update.UpdateRule;
import org.junit.jupiter.api.Test;

final class FirstLinesTest {
  private static final BitWeights DEEP =
      new BitWeights(32, BitMask.top(3), UpdateRule.COUPLED, 1e-4);

  private static List<String> lines(Weights weights, int firstEpoch, boolean searched) {
    RunSettings settings =
        new RunSettings(
            "lenet300",
            new DataSettings("mnist", 0, 0, Augmentation.NONE),
            weights,
            "adam",
            Schedule.stepped(5, 9e-4),
            64,
            7,
            2);
    return new FirstLines(settings, Path.of("runs/a b"), firstEpoch).of(searched);
  }

  @Test
  void programsGetOneLineWithTheMaskInDigits() {
    assertThat(lines(DEEP, 1, true))
        .containsExactly(
            "training lenet300 on mnist, 111"
                + "0".repeat(29)
                + " coupled drift 1e-4, adam 3x9e-4,1x9e-5,1x9e-6, batch 64, seed 7, in runs/a b");
  }

  @Test
  void peopleGetShortLinesWithTheMaskByItsName() {
    assertThat(lines(DEEP, 2, false))
        .containsExactly(
            "going on with epoch 2 of lenet300 on mnist, top3 of 32 bits, coupled drift 1e-4",
            "  adam 3x9e-4,1x9e-5,1x9e-6, batch 64, seed 7",
            "  in runs/a b");
    assertThat(lines(new FloatWeights(), 1, false).get(0))
        .isEqualTo("training lenet300 on mnist, float");
  }

  @Test
  void aRunThatWasFinishedBeforeSaysSoAndHowToTrainOn() {
    assertThat(lines(DEEP, 6, true))
        .containsExactly(
            "finished before: all 5 epochs of lenet300 on mnist are trained, in runs/a b",
            "to train on, start a new run from it: ./bitloom train --init-from 'runs/a b' --net"
                + " lenet300 --data mnist --bits 32 --mask top3 --epochs N");
    assertThat(lines(new FloatWeights(), 6, false).get(1)).endsWith(" --float --epochs N");
  }
}
