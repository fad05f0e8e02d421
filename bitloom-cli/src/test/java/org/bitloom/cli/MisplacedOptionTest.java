package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options at a place where they would do nothing. */
final class MisplacedOptionTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "--json data list, ./bitloom data --json",
    "data --json list, ./bitloom data list --json",
    "data --json verify mnist, ./bitloom data list --json",
    "data --data-dir=x list, ./bitloom data list --data-dir=x",
    "data --quiet fetch, ./bitloom data fetch --quiet",
    "payload --json info x, ./bitloom payload info --json",
    "--seed=7 train, ./bitloom train --seed=7"
  })
  void optionsBeforeTheirCommandAreRefusedWithTheirPlace(String words, String place) {
    Captured refused = Captured.run(words);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("unknown option '--");
    if (!words.startsWith("--json")) {
      assertThat(refused.err()).contains("it belongs behind the command: " + place);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "extract m -o x --raw --identity-file k, --raw writes the payload as it is stored",
    "embed m f -o x --data-dir d, --data-dir says where --data lies",
    "scrub m -o x --data-dir d, --data-dir says where --data lies",
    "train --compress, must stand with --payload",
    "train --resume r --ecc, --resume goes on with the payload in the folder",
    "train --resume r --payload f, got --payload"
  })
  void optionsOfAnotherOptionThatIsNotThereAreRefused(String words, String reason) {
    Captured refused = Captured.run(words);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains(reason);
  }
}
