package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Leftovers of killed writers, and files that are being written now. */
@Timeout(60)
@SuppressWarnings("try") // resources that are only opened and closed
class TemporaryFileTest {
  @TempDir private Path folder;
  private Path target;

  @BeforeEach
  void chooseTarget() {
    target = folder.resolve("target");
  }

  @Test
  void anotherWriteDeletesWhatAKilledProcessLeftBehind() throws IOException {
    ChildProcess.writing(target).close();
    assertThat(temporaries()).hasSize(1);
    age(temporaries().get(0), Duration.ofMinutes(11));

    AtomicFiles.writeString(folder.resolve("another"), "x");

    assertThat(folder.toFile().list()).containsExactly("another");
  }

  @Test
  void aYoungLeftoverStaysForItMayBeWrittenToOnAnotherMachine() throws IOException {
    ChildProcess.writing(target).close();
    age(temporaries().get(0), Duration.ofMinutes(9));

    AtomicFiles.writeString(target, "x");

    assertThat(temporaries()).hasSize(1);
  }

  @Test
  void inAFolderOfOnesOwnYoungLeftoversGoToo() throws IOException {
    ChildProcess.writing(target).close();

    AtomicFiles.deleteLeftovers(folder);

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatAnotherProcessWritesNowStaysHoweverOldItLooks() throws IOException {
    try (ChildProcess child = ChildProcess.writing(target)) {
      age(temporaries().get(0), Duration.ofDays(1));
      AtomicFiles.writeString(target, "x");
      AtomicFiles.deleteLeftovers(folder);
      assertThat(temporaries()).hasSize(1);
    }
  }

  @Test
  void whatThisProcessWritesNowStaysLocked() throws IOException {
    AtomicFiles.write(
        target,
        out -> {
          Path own = temporaries().get(0);
          AtomicFiles.writeString(folder.resolve("another"), "x");
          AtomicFiles.deleteLeftovers(folder);
          assertThat(ChildProcess.canLock(own)).isFalse();
          out.write('y');
        });

    assertThat(target).hasContent("y");
    assertThat(temporaries()).isEmpty();
  }

  @Test
  void leftoversOfAnOlderVersionGoAsWell() throws IOException {
    Path old = Files.writeString(folder.resolve(".bitloom-1-0.tmp"), "half");
    age(old, Duration.ofMinutes(11));

    AtomicFiles.writeString(target, "x");

    assertThat(folder.toFile().list()).containsExactly("target");
  }

  @Test
  void foldersAndLinksOfSuchNamesAreNoLeftovers() throws IOException {
    Files.createDirectory(folder.resolve(".bitloom-1-0.tmp"));
    Files.writeString(target, "mine");
    Files.createSymbolicLink(folder.resolve(".bitloom-1-1.tmp"), target);

    AtomicFiles.deleteLeftovers(folder);

    assertThat(folder.toFile().list()).hasSize(3);
    assertThat(target).hasContent("mine");
  }

  private List<Path> temporaries() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(".tmp")).toList();
    }
  }

  private static void age(Path file, Duration age) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }
}
