package org.bitloom.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bitloom.model.BitModel;
import org.bitloom.payload.FreeBits;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that Debian's age program opens what we lock and we open what it locks. */
class AgeProgramTest {
  private static final String PASSPHRASE = "correct horse";

  /** age takes a second of processor time for a passphrase, and may share the processor. */
  private static final int PATIENCE_SECONDS = 300;

  @TempDir private Path folder;

  private final BitModel model = Samples.model(32, "top3", 100);
  private final byte[] content = Samples.content("text", 9000);

  @BeforeEach
  void requireAge() throws InterruptedException {
    String found;
    try {
      found = run("", "age", "--version");
    } catch (IOException e) {
      found = "none: " + e.getMessage();
    }
    if (!found.matches("v?[1-9][0-9.]*.*")) {
      String reason = "age must be installed (Debian package age), found " + found;
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(reason);
      }
      Assumptions.abort(reason);
    }
  }

  private String run(String input, String... command) throws IOException, InterruptedException {
    Path typed = Files.writeString(folder.resolve("typed"), input);
    Path printed = folder.resolve("printed");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(typed.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return "exit none after " + PATIENCE_SECONDS + " s";
    }
    String text = Files.readString(printed).strip();
    return process.exitValue() == 0 ? text : "exit " + process.exitValue() + " " + text;
  }

  /** Runs age at a terminal, where it asks for passphrases. */
  private void runAtTerminal(String typed, String command) throws Exception {
    String printed = run(typed, "script", "-qec", command, "/dev/null");
    assertThat(printed).doesNotContain("exit ");
  }

  private Path raw(AgeLock lock) throws IOException {
    Sealing sealing = new Sealing(true, Optional.of(lock), true);
    FreeBits bits = FreeBits.of(Payloads.embed(model, Samples.file(content), sealing, 1));
    Path stored = folder.resolve("raw.age");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Payloads.extractRaw(bits, out);
    return Files.write(stored, out.toByteArray());
  }

  private byte[] opened(Path stored, AgeKey key) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InputStream in = Files.newInputStream(stored)) {
      Payloads.extractStored(in, key, out);
    }
    return out.toByteArray();
  }

  @Test
  void ageOpensOurPassphraseAndWeOpenItsContainerAgain() throws Exception {
    raw(AgeLock.passphrase(PASSPHRASE, 12));
    runAtTerminal(PASSPHRASE + "\n", "age -d -o container raw.age");
    assertThat(opened(folder.resolve("container"), AgeKey.NONE)).isEqualTo(content);

    String twice = PASSPHRASE + "\n" + PASSPHRASE + "\n";
    runAtTerminal(twice, "age -p -o theirs.age container");

    AgeKey key = AgeKey.passphrase(PASSPHRASE);
    assertThat(opened(folder.resolve("theirs.age"), key)).isEqualTo(content);
  }

  @Test
  void keysOfAgeKeygenWorkBothWays() throws Exception {
    assertThat(run("", "age-keygen", "-o", "key.txt")).contains("age1");
    List<String> lines = Files.readAllLines(folder.resolve("key.txt"));
    String recipient = lines.get(1).replaceFirst("# public key: ", "");
    raw(AgeLock.recipients(List.of(recipient)));

    assertThat(run("", "age", "-d", "-i", "key.txt", "-o", "container", "raw.age")).isEmpty();
    assertThat(run("", "age", "-r", recipient, "-o", "theirs.age", "container")).isEmpty();

    assertThat(opened(folder.resolve("theirs.age"), AgeKey.identities(lines))).isEqualTo(content);
  }
}
