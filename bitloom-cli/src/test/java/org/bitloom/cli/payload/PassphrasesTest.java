package org.bitloom.cli.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bitloom.error.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PassphrasesTest {
  @TempDir private Path folder;

  private static Passphrases typed(String... lines) {
    Deque<String> left = new ArrayDeque<>(List.of(lines));
    return new Passphrases(() -> null, prompt -> Optional.ofNullable(left.poll()));
  }

  @Test
  void theEnvironmentComesBeforeTheTerminal() {
    Passphrases given = new Passphrases(() -> "given", prompt -> Optional.of("typed"));
    assertThat(given.chosen()).isEqualTo("given");
    assertThat(given.existing()).contains("given");
    Passphrases empty = new Passphrases(() -> "", prompt -> Optional.of("typed"));
    assertThat(empty.existing()).contains("typed");
  }

  @Test
  void aNewPassphraseIsTypedTwice() {
    assertThat(typed("one", "one").chosen()).isEqualTo("one");
    assertThatThrownBy(() -> typed("one", "two").chosen())
        .isInstanceOf(UsageException.class)
        .hasMessage("passphrases must be equal, got two");
    assertThatThrownBy(() -> typed().chosen())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("found no terminal");
    assertThat(typed().existing()).isEmpty();
  }

  @Test
  void aFileGivesItsFirstLine() throws IOException {
    Path file = folder.resolve("pass");
    Files.writeString(file, "päss word \nsecond");
    assertThat(Passphrases.read(file)).isEqualTo("päss word ");
    Files.writeString(file, "\n");
    assertThatThrownBy(() -> Passphrases.read(file)).hasMessageContaining("got none in");
    Files.write(file, new byte[] {(byte) 0xFF});
    assertThatThrownBy(() -> Passphrases.read(file)).hasMessageContaining("text in UTF-8");
  }
}
