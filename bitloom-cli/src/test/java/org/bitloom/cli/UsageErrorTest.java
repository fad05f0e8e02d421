package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bitloom.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UsageErrorTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          inspct                           | unknown command 'inspct'; did you mean inspect
          --frobnicate                     | unknown option '--frobnicate'; see ./bitloom --help
          train --epoch 3                  | unknown option '--epoch'; did you mean --epochs?
          train mnist                      | unknown argument 'mnist'; see ./bitloom train --help
          train --epochs                   | Missing required parameter for option '--epochs' (N)
          train --epochs x                 | 'x' is not an int
          train --seed 1 --seed 2          | should be specified only once
          train --net lenet                | network must be one of lenet300
          train --net net.pth              | or a TorchScript file NAME.pt, got 'net.pth'
          train --net no/such.pt           | no/such.pt is missing; check the path given to --net
          train --data cifar               | data must be one of mnist, fashion-mnist
          train --epochs 0                 | epochs must be at least 1, got 0
          train --epochs -1                | epochs must be at least 1, got -1
          train --bits 0                   | depth must be 1..32
          train --bits 33                  | depth must be 1..32
          train --bits 6 --mask 1110000    | depth is 6, got 7 digits
          train --bits 6 --mask top7       | mask must not be longer than the depth
          train --mask 000000              | mask must train at least one bit
          train --mask 112                 | mask must be topN, all, sign, or 1 to 32 digits
          train --rule both                | rule must be coupled or independent, got 'both'
          train --drift -1                 | drift must be 0 or more
          train --optimizer rmsprop        | optimizer must be adam or sgd
          train --lr 0                     | learning rate must be above 0
          train --lr NaN                   | learning rate must be above 0
          train --schedule 3               | schedule must be EPOCHSxRATE
          train --schedule 0x1             | epochs must be at least 1
          train --schedule 3x1 --epochs 3  | got --epochs too
          train --schedule 3x1 --lr 3      | got --lr too
          train --schedule 3x1 --decay none | got --decay too
          train --decay exponential        | decay must be none, linear or cosine
          train --warmup 1                 | --warmup leads into a decay, got it without --decay
          train --decay cosine --warmup 5  | warmup must be 0 to below the 5 epochs
          train --decay cosine --warmup -1 | warmup must be 0 to below the 5 epochs
          train --momentum 0.5             | momentum must stand with sgd
          train --nesterov                 | momentum must stand with sgd
          train --optimizer sgd --momentum 1 | momentum must be from 0 to below 1
          train --optimizer sgd --momentum 0 --nesterov | momentum must be above 0
          train --weight-decay -1          | weight decay must be 0 or more
          train --augment crop15           | crop must be at most half of an image
          train --augment crop4+shift10    | augmentation must be none, shiftN, cropN or flip
          train --zeros 0                  | share of zeros must be above 0 and below 1
          train --zeros 1                  | share of zeros must be above 0 and below 1
          train --zeros 0.5 --drift 0.1    | --zeros steers the drift
          train --float --zeros 0.5        | must stand without --zeros
          train --float --latents even     | must stand without --latents
          train --frozen-bits noise        | --frozen-bits chooses for weights that are given
          train --frozen-bits x --init-from a | frozen bits must be rounded or noise, got 'x'
          train --init-from a --frozen-bits rounded --payload b | got --frozen-bits rounded too
          train --float --frozen-bits noise --init-from a | must stand without --frozen-bits
          train --latents odd              | latents must be paper, even or even:DEVIATION
          train --latents even:0           | latents must be paper, even or even:DEVIATION
          train --latents even:1e9         | deviation of even latents must be 1e-6 to 1e6
          train --batch 0                  | batch must be at least 1
          train --validation 1             | validation must be a share
          train --limit -1                 | limit must be 0 (all) or more
          train --threads 0                | threads must be at least 1
          train --float --bits 6           | must stand without --bits
          train --float --mask all         | must stand without --mask
          train --float --rule coupled     | must stand without --rule
          train --float --drift 0          | must stand without --drift
          train --overwrite                | --overwrite must name the run with --out
          train --resume a --out b         | --resume goes on in its own folder, got --out
          train --resume a --overwrite     | --resume goes on in its own folder, got --overwrite
          train --out pom.xml              | --out must be a folder, got the file pom.xml
          train --out src                  | --out must be a new or empty folder, found files in src
          train --layer first=6:1110000    | depth is 6, got 7 digits
          train --layer first=0:top1       | depth must be 1..32
          train --layer first=x:top1       | must be
          train --layer first              | must be
          train --augment turn             | must be
          sweep --masks 000                | every mask must fit one of the depths
          sweep --bits 40                  | depth must be 1..32
          sweep --drift x                  | must be numbers
          sweep --keep some                | keep must be all, best or none
          capacity --net lenet300 --mask 0 | mask must train at least one bit
          capacity --net x                 | network must be one of
          capacity --net lenet300 --classes 1 | classes must be 2..256
          capacity --net lenet300 --image 1x0x9 | image must be CxHxW
          eval model --use-bits 3          | bits must be HI..LO
          eval model --flip-noise 2        | must be
          eval                             | Missing required parameter: 'MODEL'
          eval model --threads 0           | threads must be at least 1
          eval model --data cifar          | data must be one of
          inspect                          | Missing required parameter: 'MODEL'
          inspect a b                      | unknown argument 'b'
          compare a                        | Missing required parameter: 'RUN'
          data                             | data must be told what to do
          data lst                         | unknown command 'lst'; did you mean list?
          data verify cifar                | data must be one of
          help frobnicate                  | Unknown subcommand 'frobnicate'
          """)
  void wrongUsageIsOneLineAndExitCodeTwo(String commandLine, String expected) {
    Captured result = Captured.run(commandLine);
    assertThat(result.err()).startsWith("bitloom: ").contains(expected).contains("; ");
    assertThat(result.err().indexOf('\n')).isEqualTo(result.err().length() - 1);
    assertThat(result.out()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void withJsonTheErrorIsAlsoAnObject() {
    Captured result = Captured.run("train --json --epochs 0");
    assertThat(Json.parse(result.out()))
        .isEqualTo(Map.of("error", "epochs must be at least 1, got 0", "hint", "raise --epochs"));
    assertThat(result.err())
        .isEqualTo("bitloom: epochs must be at least 1, got 0; raise --epochs\n");
  }

  @Test
  void onlyDebugShowsTheStackTrace() {
    assertThat(Captured.run("train --debug --epochs 0").err())
        .startsWith("bitloom: epochs must be at least 1, got 0; raise --epochs\n")
        .contains("\tat org.bitloom.");
  }

  @Test
  void missingFilesAreFailuresNotUsageErrors() {
    for (String line : List.of("inspect no/such", "eval no/such", "compare no/such no/such")) {
      Captured result = Captured.run(line);
      assertThat(result.err()).contains("no/such").contains("must exist, found nothing there");
      assertThat(result.err().indexOf('\n')).isEqualTo(result.err().length() - 1);
      assertThat(result.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void settingsThatAFileGetsWrongAreAFailureNotAUsageError(@TempDir Path run) throws IOException {
    Files.writeString(run.resolve("config.json"), "{\"settings\": {\"network\": 3}}");
    Captured result = Captured.run("train --resume " + run);
    assertThat(result.err()).contains("config.json").contains("'network' must be a String");
    assertThat(result.exitCode()).isEqualTo(1);
  }
}
