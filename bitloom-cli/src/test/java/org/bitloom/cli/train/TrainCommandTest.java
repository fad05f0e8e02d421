package org.bitloom.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.bitloom.bits.BitMask;
import org.bitloom.cli.Captured;
import org.bitloom.cli.FakeLibrary;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.StopSignal;
import org.bitloom.data.Augmentation;
import org.bitloom.io.Json;
import org.bitloom.model.ClassAccuracy;
import org.bitloom.model.WeightCounts;
import org.bitloom.run.EpochResult;
import org.bitloom.run.EpochResult.Score;
import org.bitloom.settings.DataSettings;
import org.bitloom.settings.InitFrom;
import org.bitloom.settings.RunName;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.bitloom.settings.RunSettings.FloatWeights;
import org.bitloom.settings.Schedule;
import org.bitloom.update.UpdateRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrainCommandTest {
  private static final RunSettings RECORDED =
      new RunSettings(
          "lenet300",
          new DataSettings("mnist", 1000, 0.1, Augmentation.NONE),
          new BitWeights(6, BitMask.parse("111000"), UpdateRule.COUPLED, 0.02),
          "adam",
          Schedule.stepped(5, 9e-4),
          64,
          7,
          2);

  @TempDir private Path root;
  private final FakeLibrary library = new FakeLibrary(true, RECORDED);
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private Captured train(String... words) {
    return train(library, 0, words);
  }

  private static Captured train(FakeLibrary library, int columns, String... words) {
    return Captured.run(
        library,
        columns,
        Stream.concat(Stream.of("train"), Stream.of(words)).toArray(String[]::new));
  }

  private Captured trainInto(String... words) {
    String out = root.resolve("run").toString();
    return train(Stream.concat(Stream.of(words), Stream.of("--out", out)).toArray(String[]::new));
  }

  @Test
  void withoutOptionsItTrainsThePaperNetwork() {
    assertThat(trainInto().exitCode()).isZero();
    assertThat(library.asked)
        .isEqualTo(
            new RunSettings(
                "lenet300",
                new DataSettings("mnist", 0, 0, Augmentation.NONE),
                new BitWeights(6, BitMask.top(3), UpdateRule.COUPLED, 0),
                "adam",
                Schedule.stepped(5, 9e-4),
                64,
                1,
                Runtime.getRuntime().availableProcessors()));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "--bits 1, 1, 1",
    "--bits 2, 2, 11",
    "--bits 3, 3, 111",
    "--bits 8, 8, 11100000",
    "--bits 32, 32, 11100000000000000000000000000000",
    "--mask 1010, 4, 1010",
    "--mask sign, 6, 100000",
    "--mask all --bits 4, 4, 1111",
    "--mask top5, 6, 111110"
  })
  void depthAndMaskFollowFromEachOther(String options, int depth, String mask) {
    trainInto(options.split(" "));
    BitWeights weights = (BitWeights) library.asked.weights();
    assertThat(weights.depth()).isEqualTo(depth);
    assertThat(weights.mask().at(depth).mask()).isEqualTo(mask);
  }

  @Test
  void floatWeightsAndSgdHaveTheirOwnDefaults() {
    trainInto("--float", "--optimizer", "sgd", "--epochs", "1");
    assertThat(library.asked.weights()).isEqualTo(new FloatWeights());
    assertThat(library.asked.schedule()).isEqualTo(Schedule.parse("1x0.1"));
  }

  @Test
  void theFolderOfARunIsNamedAfterItsSettings() {
    assertThat(RunName.of(RECORDED)).isEqualTo("lenet300-mnist-6-111000-coupled-seed7");
    trainInto("--float", "--data", root.toString());
    assertThat(RunName.of(library.asked))
        .isEqualTo("lenet300-" + root.getFileName() + "-float-seed1");
  }

  @Test
  void aRunThatExistsIsNotOverwrittenUnlessAsked() throws IOException {
    Path run = Files.createDirectories(root.resolve("run"));
    assertThat(trainInto().exitCode()).isZero();
    Files.writeString(run.resolve("config.json"), "{}");
    Captured refused = trainInto();
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--resume " + run, "--overwrite");
    assertThat(trainInto("--overwrite").exitCode()).isZero();
    assertThat(library.where.overwrite()).isTrue();
  }

  @Test
  void stdoutHoldsTheResultAndTheNextCommand() {
    assertThat(trainInto().out().replaceFirst("[0-9.]+ [MG]iB", "SIZE"))
        .isEqualTo(
            """
            test accuracy  97.81 %%
            zero weights   50.00 %%
            speed          48000 images/s: engine 79.0 %%, update 20.0 %%, data 1.0 %% of a step
            peak memory    SIZE
            model          %1$s
            next           ./bitloom inspect %1$s
            """
                .formatted(root.resolve("run/model.safetensors")));
  }

  @Test
  void aNetworkThatLearnedNothingComesWithAHint() {
    assertThat(trainInto().err()).doesNotContain("chance");
    Score chance = new Score(2.3, 0.1);
    ClassAccuracy oneOfTwo = new ClassAccuracy(List.of(OptionalDouble.of(0), OptionalDouble.of(1)));
    library.result =
        new EpochResult(
            1, chance, Optional.empty(), chance, oneOfTwo, new WeightCounts(25, 50, 25));
    Captured trained = trainInto("--overwrite");
    assertThat(trained.exitCode()).isZero();
    assertThat(trained.err()).contains("no better than chance", "--lr", "--latents even");
  }

  @Test
  void jsonIsOneObjectWithMetricsModelAndResumed() {
    Map<?, ?> object = (Map<?, ?>) Json.parse(trainInto("--json", "--quiet").out().strip());
    assertThat(object.get("testAccuracy")).isEqualTo(0.9781);
    assertThat(object.get("model")).isEqualTo(root.resolve("run/model.safetensors").toString());
    assertThat((Boolean) object.get("resumed")).isFalse();
    assertThat((Long) object.get("peakMemoryBytes")).isGreaterThan(10L << 20);
  }

  @Test
  void progressIsALinePerEpochWhenPipedAndNothingWhenQuiet() {
    assertThat(trainInto().err())
        .isEqualTo(
            "training lenet300 on mnist, 111000 coupled, adam 3x9e-4,1x9e-5,1x9e-6,"
                + " batch 64, seed 1, in "
                + root.resolve("run")
                + "\nepoch 1/5  loss 0.2500  train 90.00 %  test 97.81 %  zeros 50.00 %  1.5 s\n");
    assertThat(trainInto("--quiet").err()).isEmpty();
  }

  @Test
  void aStoppedRunTellsHowToGoOnAndExitsWith130() {
    Captured stopped = train(new FakeLibrary(false, RECORDED), 0, "--out", root + "/a b");
    assertThat(stopped.exitCode()).isEqualTo(130);
    assertThat(stopped.out()).endsWith("./bitloom train --resume '" + root + "/a b'\n");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "--net other, lenet300, other",
    "--data fashion-mnist, mnist, fashion-mnist",
    "--bits 8, 6, 8",
    "--mask top2, 111000, 110000",
    "--rule independent, coupled, independent",
    "--drift 0, 0.02, 0",
    "--optimizer sgd, adam, sgd",
    "--lr 0.1, 9e-4, 0.1",
    "--epochs 6, 5, 6",
    "--batch 32, 64, 32",
    "--validation 0, 0.1, 0",
    "--seed 1, 7, 1",
    "--threads 1, 2, 1",
    "--limit 0, 1000, 0",
    "--init-from a, left out, a"
  })
  void anOptionBesideResumeMustEqualTheRecordedOne(String option, String recorded, String given) {
    Captured refused = train((option + " --resume somewhere").split(" "));
    String name = option.substring(0, option.indexOf(' '));
    assertThat(refused.err())
        .startsWith(
            "bitloom: %s must be %s as recorded in somewhere, got %s; "
                .formatted(name, recorded, given));
    assertThat(refused.exitCode()).isEqualTo(2);
  }

  @Test
  void aRunCanStartFromAnotherOrFromAFile() throws IOException {
    Path file = Files.writeString(root.resolve("model.safetensors"), "abc");
    InitFrom expected =
        new InitFrom(
            file.toString(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    Captured started = trainInto("--init-from", file.toString());
    assertThat(started.exitCode()).isZero();
    assertThat(started.err()).contains(", seed 1, from " + file + ", in ");
    assertThat(library.asked.initFrom()).contains(expected);
    trainInto("--init-from", root.toString());
    assertThat(library.asked.initFrom()).contains(new InitFrom(root.toString(), expected.sha256()));
  }

  @Test
  void aNetworkToStartFromMustBeThere() {
    Captured missing = trainInto("--init-from", root.resolve("none").toString());
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err()).startsWith("bitloom: " + root.resolve("none") + " must exist");
    Captured unfinished = trainInto("--init-from", root.toString());
    assertThat(unfinished.exitCode()).isEqualTo(2);
    assertThat(unfinished.err())
        .startsWith("bitloom: a run to start from must be finished, " + root + " holds no model");
    assertThat(library.asked).isNull();
  }

  @Test
  void bitsAndFloatCannotTakeEachOthersPlaceOnResume() {
    assertThat(train("--resume", "somewhere", "--float").exitCode()).isEqualTo(2);
    trainInto("--float");
    FakeLibrary floats = new FakeLibrary(true, library.asked);
    Captured refused = train(floats, 0, "--resume", "somewhere", "--bits", "6");
    assertThat(refused.err()).startsWith("bitloom: weights must be --float as recorded");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(train(floats, 0, "--resume", "x", "--float").exitCode()).isZero();
  }

  @Test
  void skippingBadImagesIsASettingThatCannotBeginLater() {
    trainInto("--skip-bad-images");
    assertThat(library.asked.data().images().skipBadImages()).isTrue();
    Captured refused = train("--resume", "somewhere", "--skip-bad-images");
    assertThat(refused.err())
        .startsWith(
            "bitloom: --skip-bad-images must be left out as recorded in somewhere, got"
                + " --skip-bad-images; ");
    assertThat(refused.exitCode()).isEqualTo(2);
    FakeLibrary skipping = new FakeLibrary(true, library.asked);
    assertThat(train(skipping, 0, "--resume", "x", "--skip-bad-images").exitCode()).isZero();
    assertThat(train(skipping, 0, "--resume", "x").exitCode()).isZero();
  }

  @Test
  void noticesAboutDataAreLinesUnlessQuiet() {
    TrainProgress loud = new TrainProgress(console(), new StopSignal());
    loud.notice("decoding 12 images");
    assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("decoding 12 images\n");
    shown.reset();
    new TrainProgress(console().quiet(), new StopSignal()).notice("decoding 12 images");
    assertThat(shown.size()).isZero();
  }

  private Console console() {
    PrintStream err = new PrintStream(shown, true, StandardCharsets.UTF_8);
    return new Console(err, err, 0);
  }

  @Test
  void equalOptionsBesideResumeAreAccepted() {
    String same =
        "--resume a --net lenet300 --data mnist --bits 6 --mask top3 --rule coupled --drift 0.02"
            + " --optimizer adam --lr 9e-4 --epochs 5 --batch 64 --validation 0.1 --seed 7"
            + " --threads 2 --limit 1000 --json";
    Captured resumed = train(same.split(" "));
    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.out()).contains("\"resumed\":true");
    assertThat(train("--resume", "a", "--schedule", "3x9e-4,1x9e-5,1x9e-6").exitCode()).isZero();
    assertThat(train("--resume", "a", "--schedule", "5x9e-4").exitCode()).isEqualTo(2);
  }
}
