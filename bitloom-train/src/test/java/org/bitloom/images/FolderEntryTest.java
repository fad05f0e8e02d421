package org.bitloom.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bitloom.error.FailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Names that are bytes and not text, which only Linux allows. */
@EnabledOnOs(OS.LINUX)
final class FolderEntryTest {
  @TempDir private Path place;
  private PictureFolder folder;

  @BeforeEach
  void writePictures() throws IOException {
    folder = PictureFolder.in(place);
  }

  /** Returns a path with bytes of a name given as {@code %E9}. */
  private Path raw(String name) {
    return Path.of(URI.create(folder.root().toUri() + name));
  }

  @Test
  void everyNameThatIsUtf8IsText() throws IOException {
    Files.write(folder.root().resolve("plain.png"), new byte[1]);
    for (String bytes : List.of("caf%C3%A9", "%E7%8A%AC", "%F0%9F%90%95", "100%25", "a%20b")) {
      Files.write(raw(bytes), new byte[1]);
    }
    assertThat(FolderEntry.visible(folder.root()))
        .extracting(FolderEntry::name)
        .containsExactly("100%", "a b", "café", "plain.png", "test", "train", "犬", "🐕");
    assertThat(FolderEntry.visible(folder.root())).allMatch(FolderEntry::isText);
  }

  @Test
  void bytesThatAreNoTextAreSpelledOut() throws IOException {
    for (String bytes : List.of("caf%E9", "%FF%FE", "x%C3", "%C3%28y", "%ED%A0%80")) {
      Files.write(raw(bytes), new byte[1]);
    }
    assertThat(FolderEntry.visible(folder.root()))
        .filteredOn(entry -> !entry.isText())
        .extracting(FolderEntry::name)
        .containsExactlyInAnyOrder(
            "caf\\xe9", "\\xff\\xfe", "x\\xc3", "\\xc3(y", "\\xed\\xa0\\x80");
  }

  @Test
  void aPictureWhoseNameIsNoTextIsReadLikeAnyOther() throws IOException {
    byte[] before = folder.read().train().pixels();
    Files.move(folder.root().resolve("train/cat/3.png"), raw("train/cat/caf%E9.png"));
    DecodedFolder set = folder.read();
    assertThat(set.train().pixels()).isEqualTo(before);
    assertThat(set.train().names().get(2)).isEqualTo("train/cat/caf\\xe9.png");
  }

  @Test
  void aDamagedPictureWhoseNameIsNoTextIsNamedByItsBytes() throws IOException {
    Files.write(raw("train/cat/caf%E9.png"), new byte[0]);
    assertThatThrownBy(folder::read)
        .isInstanceOf(FailureException.class)
        .hasMessageEndingWith("train/cat/caf\\xe9.png (empty file)");
  }

  @Test
  void aClassMustHaveANameThatIsText() throws IOException {
    Files.move(folder.root().resolve("train/cat"), raw("train/ch%E2t"));
    Files.move(folder.root().resolve("test/cat"), raw("test/ch%E2t"));
    assertThatThrownBy(() -> ClassFolders.list(folder.root(), Optional.empty()))
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.hint()).contains("convmv -f latin1"))
        .hasMessage(
            "names of class folders in "
                + folder.root().resolve("train")
                + " must be UTF-8, found 'ch\\xe2t'");
  }
}
