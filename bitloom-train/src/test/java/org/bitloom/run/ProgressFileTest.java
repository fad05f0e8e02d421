package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bitloom.run.Progress.BatchProgress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgressFileTest {
  private static final BatchProgress AT = new BatchProgress(2, 5, 30, 100, 0.5, 0.75, 4000, 60);

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("progress.json");
  }

  @Test
  void whatWasToldIsReadBackAndNothingElseIsLeftInTheFolder() {
    ProgressFile progress = new ProgressFile(file());
    progress.note(AT);
    progress.write();
    assertThat(ProgressFile.read(file()).at()).contains(AT);
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file()));
  }

  @Test
  void valuesThatAreNoNumbersAreLeftOut() throws IOException {
    ProgressFile progress = new ProgressFile(file());
    progress.note(new BatchProgress(1, 5, 1, 100, Double.NaN, 0, Double.POSITIVE_INFINITY, 60));
    progress.write();
    assertThat(Files.readString(file()))
        .isEqualTo(
            "{\"epoch\":1,\"epochs\":5,\"batch\":1,\"batches\":100,\"accuracy\":0.0,"
                + "\"secondsLeft\":60.0}\n");
  }

  @Test
  void itGoesWhenTheRunEnds() throws IOException {
    Files.writeString(file(), "{}");
    try (ProgressFile progress = new ProgressFile(file())) {
      progress.tell(AT);
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void theReasonOfAFailureStays() {
    try (ProgressFile progress = new ProgressFile(file())) {
      progress.tell(AT);
      progress.fail("loss must be finite");
    }
    assertThat(ProgressFile.read(file()).error()).contains("loss must be finite");
  }

  @Test
  void aFolderThatIsGoneDisturbsNobody() {
    try (ProgressFile progress = new ProgressFile(folder.resolve("gone").resolve("p"))) {
      progress.note(AT);
      progress.write();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aDamagedFileTellsNothing() throws IOException {
    for (String text : new String[] {"", "{\"epoch\":1", "[]", "{\"epoch\":\"1\"}", "{}"}) {
      Files.writeString(file(), text);
      assertThat(ProgressFile.read(file())).as(text).isEqualTo(ProgressFile.Content.NONE);
    }
  }
}
