package org.bitloom.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.bitloom.error.FailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that nobody has touched is not read again, run after run. */
final class UnchangedFolderTest {
  private static final String DOG = "train/dog/2.png";
  private static final byte[] DAMAGE = {'n', 'o', ' ', 'i', 'm', 'a', 'g', 'e'};

  @TempDir private Path place;
  private PictureFolder folder;
  private DecodedFolder first;

  @BeforeEach
  void readOnce() throws IOException {
    folder = PictureFolder.in(place);
    first = folder.readAnHourLater();
    folder.notices().clear();
  }

  @Test
  void filesOfTheSameSizeAndTimeAreNotOpened() throws IOException {
    folder.changeUnseen(DOG, DAMAGE);
    DecodedFolder second = folder.readAnHourLater();
    assertThat(second).usingRecursiveComparison().isEqualTo(first);
    assertThat(folder.decoded()).isFalse();
  }

  @Test
  void whoWantsEveryFileReadGetsThat() throws IOException {
    folder.changeUnseen(DOG, DAMAGE);
    assertThatThrownBy(folder::readAll)
        .isInstanceOf(FailureException.class)
        .hasMessageContaining(DOG);
  }

  @Test
  void anotherTimeIsEnoughToBeRead() throws IOException {
    folder.changeUnseen(DOG, DAMAGE);
    Files.setLastModifiedTime(folder.root().resolve(DOG), FileTime.fromMillis(1));
    assertThatThrownBy(folder::readAnHourLater).hasMessageContaining(DOG);
  }

  @Test
  void anotherNameIsEnoughToBeRead() throws IOException {
    Files.move(folder.root().resolve(DOG), folder.root().resolve("train/dog/9.png"));
    assertThat(folder.readAnHourLater().sha256()).isNotEqualTo(first.sha256());
  }

  @Test
  void aFileOfThisMomentMayChangeUnseenAndIsReadAgain() throws IOException {
    PictureFolder fresh = PictureFolder.in(place.resolve("fresh"));
    fresh.read();
    fresh.changeUnseen(DOG, DAMAGE);
    assertThatThrownBy(fresh::read).hasMessageContaining(DOG);
  }

  @Test
  void withoutTheDecodedImagesTheFilesAreRead() throws IOException {
    Files.delete(folder.cacheFile());
    assertThat(folder.readAnHourLater()).usingRecursiveComparison().isEqualTo(first);
    assertThat(folder.decoded()).isTrue();
  }

  @Test
  void damagedDecodedImagesAreToldOfOnce() throws IOException {
    Files.write(folder.cacheFile(), DAMAGE);
    assertThat(folder.readAnHourLater()).usingRecursiveComparison().isEqualTo(first);
    assertThat(folder.notices()).hasSize(2);
  }

  @Test
  void aDamagedNoteOfTheFilesIsNoNote() throws IOException {
    Path note = Path.of(folder.cacheFile() + ".seen");
    for (String text : new String[] {"", "{", "[]", "{\"listing\":1}"}) {
      Files.writeString(note, text);
      assertThat(folder.readAnHourLater().sha256()).isEqualTo(first.sha256());
    }
  }
}
