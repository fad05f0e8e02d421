package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir private Path folder;
  private Path target;

  @BeforeEach
  void chooseTarget() {
    target = folder.resolve("target");
  }

  @Test
  void newFileHasTheWholeContent() throws IOException {
    byte[] bytes = new byte[200_001];
    bytes[200_000] = 1;

    AtomicFiles.write(target, out -> out.write(bytes));

    assertThat(target).hasBinaryContent(bytes);
    assertThat(folder.toFile().list()).containsExactly("target");
  }

  @Test
  void oldFileIsReplaced() throws IOException {
    AtomicFiles.writeString(target, "a longer old text");
    AtomicFiles.writeString(target, "new é");

    assertThat(target).hasContent("new é");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPipeGetsTheBytesAndStaysAPipe() throws Exception {
    new ProcessBuilder("mkfifo", target.toString()).start().waitFor();
    CompletableFuture<String> read = CompletableFuture.supplyAsync(this::readTarget);
    AtomicFiles.writeString(target, "through the pipe");
    assertThat(read.get()).isEqualTo("through the pipe");
    assertThat(AtomicFiles.isStream(target)).isTrue();
  }

  private String readTarget() {
    try {
      return Files.readString(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeviceIsNotReplaced() throws IOException {
    Path full = Path.of("/dev/full");
    assertThatThrownBy(() -> AtomicFiles.writeString(full, "text"))
        .hasMessageContaining("No space left on device");
    assertThatThrownBy(() -> AtomicFiles.writeChannel(full, out -> {}))
        .hasMessage("/dev/full: a file is needed here, found a device or a pipe");
    assertThat(AtomicFiles.isStream(full)).isTrue();
    AtomicFiles.writeString(Path.of("/dev/null"), "text");
    assertThat(AtomicFiles.isStream(Path.of("/dev/null"))).isTrue();
  }

  @Test
  void finishedFileTakesThePlaceOfTheOldOne() throws IOException {
    AtomicFiles.writeString(target, "old");
    Path finished = Files.writeString(folder.resolve("target.part"), "new");

    AtomicFiles.moveFinished(finished, target);

    assertThat(target).hasContent("new");
    assertThat(finished).doesNotExist();
  }

  @Test
  void exceptionInTheBodyLeavesTheOldFileAndNothingElse() throws IOException {
    AtomicFiles.writeString(target, "old");
    for (Throwable reason :
        new Throwable[] {
          new IOException("disk"), new IllegalStateException("bug"), new OutOfMemoryError("heap")
        }) {
      assertThatThrownBy(() -> AtomicFiles.write(target, out -> failAfterWriting(out, reason)))
          .isSameAs(reason);
    }

    assertThat(target).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("target");
  }

  private static void failAfterWriting(java.io.OutputStream out, Throwable reason)
      throws IOException {
    out.write(new byte[200_000]);
    if (reason instanceof IOException e) {
      throw e;
    }
    if (reason instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) reason;
  }

  @Test
  void bodyMayCloseItsStream() throws IOException {
    AtomicFiles.write(
        target,
        out -> {
          try (out) {
            out.write('x');
          }
        });

    assertThat(target).hasContent("x");
  }

  @Test
  void symbolicLinkStaysALink() throws IOException {
    AtomicFiles.writeString(target, "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("target"));

    AtomicFiles.writeString(link, "new");

    assertThat(link).isSymbolicLink();
    assertThat(target).hasContent("new");
  }

  @Test
  void folderIsNotAFile() throws IOException {
    Files.createDirectory(target);

    assertThatThrownBy(() -> AtomicFiles.writeString(target, "x")).isInstanceOf(IOException.class);
    assertThat(folder.toFile().list()).containsExactly("target");
  }

  @Test
  void absentFolderIsReported() {
    assertThatThrownBy(() -> AtomicFiles.writeString(target.resolve("file"), "x"))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void whatIsWrittenWithoutWaitingForTheDiskReplacesTheFileToo() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old and longer");
    AtomicFiles.writeUnforced(file, "new");
    assertThat(file).hasContent("new");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }
}
