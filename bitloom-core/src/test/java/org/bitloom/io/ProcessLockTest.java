package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@SuppressWarnings("try") // resources that are only opened and closed
class ProcessLockTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("lock");
  }

  @Test
  void aLockThatThisProcessHoldsIsRefusedAndNotDropped() throws IOException {
    try (ProcessLock lock = ProcessLock.tryLock(file).orElseThrow()) {
      assertThat(ProcessLock.tryLock(file)).isEmpty();
      assertThat(ChildProcess.canLock(file)).isFalse();
    }
  }

  @Test
  void lookingAtALockThatThisProcessHoldsDoesNotDropIt() throws IOException {
    try (ProcessLock lock = ProcessLock.tryLock(file).orElseThrow()) {
      assertThat(ProcessLock.isHeld(file)).isTrue();
      assertThat(ChildProcess.canLock(file)).isFalse();
    }
  }

  @Test
  void otherPathsToTheFileLeadToTheSameLock() throws IOException {
    try (ProcessLock lock = ProcessLock.tryLock(file).orElseThrow()) {
      Path symbolic = Files.createSymbolicLink(folder.resolve("symbolic"), file);
      Path hard = Files.createLink(folder.resolve("hard"), file);
      Path roundabout = Files.createDirectory(folder.resolve("a")).resolve("..").resolve("lock");
      for (Path path : new Path[] {symbolic, hard, roundabout}) {
        assertThat(ProcessLock.isHeld(path)).as("%s is held", path).isTrue();
        assertThat(ProcessLock.tryLock(path)).as("lock of %s", path).isEmpty();
      }
      assertThat(ChildProcess.canLock(file)).isFalse();
    }
  }

  @Test
  void theLockOfOtherCodeInThisProcessIsNotDroppedEither() throws IOException {
    try (FileChannel other =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      other.lock();
      assertThat(ProcessLock.isHeld(file)).isTrue();
      assertThat(ProcessLock.tryLock(file)).isEmpty();
      assertThat(ProcessLock.tryLock(file)).isEmpty();
      assertThat(ChildProcess.canLock(file)).isFalse();
    }
    ProcessLock.tryLock(file).orElseThrow().close();
    assertThat(ChildProcess.canLock(file)).isTrue();
  }

  @Test
  void aLockThatWasGivenBackCanBeTakenByAnyone() throws IOException {
    ProcessLock first = ProcessLock.tryLock(file).orElseThrow();
    first.close();
    assertThat(ChildProcess.canLock(file)).isTrue();
    try (ProcessLock second = ProcessLock.tryLock(file).orElseThrow()) {
      first.close(); // again, and without effect on the second
      assertThat(ProcessLock.isHeld(file)).isTrue();
      assertThat(ChildProcess.canLock(file)).isFalse();
    }
  }

  @Test
  void aLockThatAnotherProcessHoldsIsSeenAndRefusedUntilThatIsKilled() throws IOException {
    try (ChildProcess child = ChildProcess.holding(file)) {
      assertThat(ProcessLock.isHeld(file)).isTrue();
      assertThat(ProcessLock.tryLock(file)).isEmpty();
    }
    assertThat(ProcessLock.isHeld(file)).isFalse();
    ProcessLock.tryLock(file).orElseThrow().close();
  }

  @Test
  void lookingMakesNoFile() throws IOException {
    assertThat(ProcessLock.isHeld(file)).isFalse();
    assertThat(file).doesNotExist();
  }
}
