package org.bitloom.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.SettingsJson;
import org.bitloom.settings.TrainWords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command that is put together from settings gives these settings again. */
final class TrainWordsTest {
  private static RunSettings settings(List<String> words) throws IOException {
    TrainOptions options = new TrainOptions();
    new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("train", mixin(options)))
        .parseArgs(words.toArray(String[]::new));
    return options.choices().settings();
  }

  private static CommandLine.Model.CommandSpec mixin(TrainOptions options) {
    return CommandLine.Model.CommandSpec.forAnnotatedObject(options);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--seed 7",
        "--float --optimizer sgd --lr 0.05 --nesterov --weight-decay 1e-4 --momentum 0.8",
        "--bits 32 --mask top3 --rule independent --drift 0.02 --threads 1",
        "--bits 8 --zeros 0.5 --latents even:0.1 --layer last=float --layer dense1*=4:1100",
        "--epochs 30 --decay cosine --warmup 2.5 --lr 1e-3",
        "--epochs 12 --decay none",
        "--schedule 4x9e-4,2x1e-5 --batch 25 --validation 0.1 --limit 500",
        "--data cifar10 --net resnet20 --augment crop4+flip --input 0.4:0.5:0.6,0.2:0.2:0.3",
        "--data folder --resize 32x24 --split 0.2 --skip-bad-images",
      })
  void theSettingsComeBack(String options) throws IOException {
    RunSettings given = settings(List.of(options.split(" ")));
    assertThat(SettingsJson.print(settings(TrainWords.of(given))))
        .isEqualTo(SettingsJson.print(given));
  }

  @Test
  void wordsThatAShellWouldTakeApartAreQuoted() throws IOException {
    RunSettings given = settings(List.of("--data", "it's mine", "--layer", "conv*=4:1100"));
    assertThat(TrainWords.line(given))
        .startsWith("./bitloom train --net lenet300 --data 'it'\\''s mine' ")
        .contains(" --layer 'conv*=4:1100' ");
  }
}
