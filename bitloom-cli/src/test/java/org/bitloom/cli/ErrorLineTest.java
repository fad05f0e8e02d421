package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.junit.jupiter.api.Test;

final class ErrorLineTest {
  @Test
  void wrongRequestsExitWithTwo() {
    assertThat(line(new UsageException("a", "b"))).isEqualTo(new ErrorLine(2, "a", "b"));
  }

  @Test
  void failuresExitWithOne() {
    assertThat(line(new FailureException("a", "b"))).isEqualTo(new ErrorLine(1, "a", "b"));
    assertThat(line(new CorruptFileException(Path.of("m"), 3, "x must be 1", "2")).message())
        .isEqualTo("m, byte 3: x must be 1, got 2");
    assertThat(line(new IOException("broken")).exitCode()).isEqualTo(1);
  }

  @Test
  void fileErrorsAreSaidInPlainWords() {
    assertThat(line(new NoSuchFileException("f")).message())
        .isEqualTo("f must exist, found nothing there");
    assertThat(line(new AccessDeniedException("f")).message())
        .isEqualTo("f must be open to this user, found access denied");
    assertThat(line(new FileSystemException("f", null, "No space left on device")))
        .isEqualTo(
            new ErrorLine(
                1, "f: No space left on device", "free some disk space or choose another place"));
    assertThat(line(new IOException("No space left on device")).hint()).startsWith("free some");
    assertThat(line(new UncheckedIOException(new NoSuchFileException("f"))).message())
        .startsWith("f must exist");
  }

  @Test
  void exhaustedMemoryNamesTheLimitAndTheVariableThatRaisesIt() {
    ErrorLine line = line(new OutOfMemoryError("Java heap space"));
    assertThat(line.message()).contains(" MiB used up");
    assertThat(line.hint()).contains("BITLOOM_OPTS=-Xmx");
    assertThat(line.exitCode()).isEqualTo(1);
  }

  @Test
  void anythingElseIsAFailureThatNamesItsKind() {
    assertThat(line(new IllegalStateException("odd")))
        .isEqualTo(
            new ErrorLine(
                1,
                "unexpected IllegalStateException: odd",
                "run again with --debug for the stack trace"));
    assertThat(line(new IllegalArgumentException("a")).exitCode()).isEqualTo(1);
    assertThat(line(new IllegalArgumentException()).exitCode()).isEqualTo(1);
  }

  @Test
  void aFolderThatLibrariesCannotBeLoadedFromIsNamed() {
    ErrorLine line =
        line(new UnsatisfiedLinkError("/x/libz.so: failed to map segment from shared object"));
    assertThat(line.message())
        .endsWith("found its disk mounted noexec: " + System.getProperty("java.io.tmpdir"));
    assertThat(line.hint()).contains("-Djava.io.tmpdir=");
    assertThat(line.exitCode()).isEqualTo(1);
  }

  @Test
  void lineBreaksBecomeBlanks() {
    assertThat(line(new FailureException("a\n  b\r\n", "c\n")))
        .isEqualTo(new ErrorLine(1, "a b", "c"));
  }

  private static ErrorLine line(Throwable error) {
    return ErrorLine.of(error);
  }
}
