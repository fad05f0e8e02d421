package org.bitloom.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  /** Runs a command at a terminal of its own and types a passphrase whenever it is asked. */
  private static final String AT_TERMINAL =
      """
      import os, pty, sys
      pid, terminal = pty.fork()
      if pid == 0:
          os.execvp(sys.argv[2], sys.argv[2:])
      seen = b""
      while True:
          try:
              data = os.read(terminal, 1024)
          except OSError:
              break
          if not data:
              break
          seen += data
          if seen.endswith(b": "):
              os.write(terminal, sys.argv[1].encode() + b"\\n")
              seen = b""
      sys.exit(os.waitpid(pid, 0)[1] != 0)
      """;

  @TempDir private Path folder;

  private final BitModel model = Samples.model(32, "top3", 100);
  private final byte[] content = Samples.content("text", 9000);

  @BeforeEach
  void requireAge() throws InterruptedException {
    String found;
    try {
      found = run("age", "--version");
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

  private String run(String... command) throws IOException, InterruptedException {
    Path printed = folder.resolve("printed");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
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

  private void runAtTerminal(String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of("python3", "-c", AT_TERMINAL, PASSPHRASE));
    words.addAll(List.of(command));
    assertThat(run(words.toArray(new String[0]))).isEmpty();
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
    runAtTerminal("age", "-d", "-o", "container", "raw.age");
    assertThat(opened(folder.resolve("container"), AgeKey.NONE)).isEqualTo(content);

    runAtTerminal("age", "-p", "-o", "theirs.age", "container");

    AgeKey key = AgeKey.passphrase(PASSPHRASE);
    assertThat(opened(folder.resolve("theirs.age"), key)).isEqualTo(content);
  }

  @Test
  void keysOfAgeKeygenWorkBothWays() throws Exception {
    assertThat(run("age-keygen", "-o", "key.txt")).contains("age1");
    List<String> lines = Files.readAllLines(folder.resolve("key.txt"));
    String recipient = lines.get(1).replaceFirst("# public key: ", "");
    raw(AgeLock.recipients(List.of(recipient)));

    assertThat(run("age", "-d", "-i", "key.txt", "-o", "container", "raw.age")).isEmpty();
    assertThat(run("age", "-r", recipient, "-o", "theirs.age", "container")).isEmpty();

    assertThat(opened(folder.resolve("theirs.age"), AgeKey.identities(lines))).isEqualTo(content);
  }
}
