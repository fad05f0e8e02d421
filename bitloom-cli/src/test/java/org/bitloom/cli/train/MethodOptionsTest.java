package org.bitloom.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.LatentDeviation;
import org.bitloom.cli.Captured;
import org.bitloom.cli.FakeLibrary;
import org.bitloom.data.Augmentation;
import org.bitloom.settings.DataSettings;
import org.bitloom.settings.OptimizerSettings;
import org.bitloom.settings.RunName;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.settings.Schedule;
import org.bitloom.update.UpdateRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of method, learning rate and augmentation, given and given again. */
final class MethodOptionsTest {
  private static final RunSettings RECORDED =
      new RunSettings(
          "lenet300",
          new DataSettings("mnist", 0, 0, Augmentation.NONE),
          new BitWeights(6, BitMask.parse("111000"), UpdateRule.COUPLED, 0),
          "adam",
          Schedule.stepped(5, 9e-4),
          64,
          1,
          2);

  @TempDir private Path root;

  private static Captured train(FakeLibrary library, String words) {
    return Captured.run(
        library,
        0,
        Stream.concat(Stream.of("train"), Stream.of(words.split(" "))).toArray(String[]::new));
  }

  private RunSettings asked(String options) {
    FakeLibrary library = new FakeLibrary(true, RECORDED);
    train(library, options + " --out " + root.resolve("run"));
    return library.asked;
  }

  @Test
  void theyAreSettingsThatAResumedRunMayRepeat() {
    String options =
        "--float --optimizer sgd --momentum 0.8 --nesterov --weight-decay 5e-4 --lr 0.1 --epochs 9"
            + " --decay cosine --warmup 1 --augment crop4+flip";
    RunSettings asked = asked(options);
    assertThat(asked.optimizer()).isEqualTo(new OptimizerSettings("sgd", 0.8, true, 5e-4));
    assertThat(asked.schedule()).isEqualTo(Schedule.parse("cosine:9x0.1:warmup1"));
    assertThat(asked.data().augmentation()).isEqualTo(Augmentation.parse("crop4+flip"));
    FakeLibrary recorded = new FakeLibrary(true, asked);
    assertThat(train(recorded, "--resume x " + options).exitCode()).isZero();
    assertThat(train(recorded, "--resume x --decay linear").err())
        .startsWith("bitloom: --decay must be cosine as recorded in x, got linear");
    assertThat(train(recorded, "--resume x --momentum 0.9").err())
        .startsWith("bitloom: --momentum must be 0.8 as recorded in x, got 0.9");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "--decay cosine, left out, --decay",
    "--warmup 1, left out, --warmup",
    "--nesterov, left out, --nesterov",
    "--zeros 0.8, left out, 0.8",
    "--frozen-bits noise, left out, noise",
    "--latents even, paper, even:0.05",
    "--momentum 0.9, 0, 0.9",
    "--weight-decay 0.1, 0, 0.1"
  })
  void aRunThatWasBegunWithoutThemCannotGoOnWithThem(String option, String recorded, String given) {
    Captured refused = train(new FakeLibrary(true, RECORDED), option + " --resume x");
    assertThat(refused.err())
        .startsWith(
            "bitloom: %s must be %s as recorded in x, got %s; "
                .formatted(option.split(" ", 2)[0], recorded, given));
    assertThat(refused.exitCode()).isEqualTo(2);
  }

  @Test
  void latentsAndZerosAreSettingsToo() {
    String options = "--mask 111 --latents even:0.1 --zeros 0.8";
    RunSettings asked = asked(options);
    BitWeights bits = (BitWeights) asked.weights();
    assertThat(bits.latents()).isEqualTo(LatentDeviation.parse("even:0.1"));
    assertThat(bits.zeros()).hasValue(0.8);
    assertThat(RunName.of(asked)).isEqualTo("lenet300-mnist-3-111-coupled-even0.1-zeros0.8-seed1");
    FakeLibrary recorded = new FakeLibrary(true, asked);
    assertThat(train(recorded, "--resume x " + options).exitCode()).isZero();
  }

  @Test
  void theFolderOfARunTellsItsDecay() {
    assertThat(RunName.of(asked("--decay cosine")))
        .isEqualTo("lenet300-mnist-6-111000-coupled-cosine-seed1");
  }
}
