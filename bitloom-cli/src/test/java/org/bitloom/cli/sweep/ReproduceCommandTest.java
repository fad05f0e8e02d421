package org.bitloom.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.bitloom.cli.Captured;
import org.bitloom.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command reproduce: its plan and its errors; what it trains is tested in its module. */
final class ReproduceCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--only desne | --only must name parts of dense, conv, residual, bits, payload, nested",
        "--seeds x | --seed must be numbers separated by commas, got 'x'",
        "--seeds 1,1 | --seeds must name each seed once, got [1, 1]",
        "--epochs-share 0 | --epochs-share must be above 0 and at most 1, got 0.0",
        "--quick --epochs-share 0.5 | --quick has epochs of its own",
        "--parallel 0 | parallel must be at least 1, got 0",
        "--threads 0 | threads must be at least 1, got 0",
        "--device tpu | device must be"
      })
  void wrongUsageIsToldAndLeavesNoFolder(String options, String message) {
    Path out = folder.resolve("reproduce");
    Captured result = Captured.run("reproduce " + options + " --dry-run --out " + out);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(message).hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void theDryRunTellsThePartsAndMeasuresTheTime() {
    Path out = folder.resolve("reproduce");
    Captured result =
        Captured.run("reproduce --quick --only payload --seeds 1 --json --dry-run --out " + out);
    assertThat(result.exitCode()).isZero();
    Map<?, ?> object = (Map<?, ?>) Json.parse(result.out().strip());
    assertThat(object.get("runs")).isEqualTo(5L);
    assertThat(object.get("parts")).isEqualTo(Map.of("payload", 5L));
    assertThat((Double) object.get("seconds")).isPositive();
    assertThat(out).doesNotExist();
  }

  @Test
  void aFolderOfOtherFilesIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "mine");
    Captured result = Captured.run("reproduce --quick --out " + folder);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("holds other files").hasLineCount(1);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("thesis.txt"));
    }
  }
}
