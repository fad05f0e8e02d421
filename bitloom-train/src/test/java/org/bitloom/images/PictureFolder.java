package org.bitloom.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitloom.images.choice.ImageSettings;

/**
 * A small image folder: classes cat and dog, three 4x3 pictures of each to train on, two to test.
 *
 * @param root the folder
 * @param cache where decoded images are kept
 * @param notices what was told while it was read
 */
public record PictureFolder(Path root, Path cache, List<String> notices) {
  /** Writes the pictures below {@code place}. */
  public static PictureFolder in(Path place) throws IOException {
    PictureFolder folder =
        new PictureFolder(place.resolve("pets"), place.resolve("cache"), new ArrayList<>());
    for (String name :
        List.of(
            "train/cat/1.png",
            "train/cat/2.png",
            "train/cat/3.png",
            "train/dog/1.png",
            "train/dog/2.png",
            "train/dog/3.png",
            "test/cat/1.png",
            "test/cat/2.png",
            "test/dog/1.png",
            "test/dog/2.png")) {
      folder.write(name, Pictures.png(name));
    }
    return folder;
  }

  public void write(String name, byte[] bytes) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  public DecodedFolder read() throws IOException {
    return ImageFolder.read(
        root, cache, new ImageFolder.Options(ImageSettings.STRICT, false, notices::add));
  }

  DecodedFolder read(ImageSettings settings) throws IOException {
    return ImageFolder.read(root, cache, new ImageFolder.Options(settings, false, notices::add));
  }

  public DecodedFolder readSkippingBadImages() throws IOException {
    return ImageFolder.read(
        root,
        cache,
        new ImageFolder.Options(ImageSettings.STRICT.skipping(true), false, notices::add));
  }

  /** Reads it as if its files were an hour old, so that those unchanged since are not opened. */
  DecodedFolder readAnHourLater() throws IOException {
    return ImageFolder.read(
        root,
        cache,
        new ImageFolder.Options(ImageSettings.STRICT, false, notices::add),
        Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
  }

  /** Reads every file of it. */
  DecodedFolder readAll() throws IOException {
    return ImageFolder.read(
        root, cache, new ImageFolder.Options(ImageSettings.STRICT, true, notices::add));
  }

  /** Changes the bytes of a file and leaves no trace outside. */
  void changeUnseen(String name, byte[] bytes) throws IOException {
    Path file = root.resolve(name);
    FileTime changed = Files.getLastModifiedTime(file);
    Files.write(file, Arrays.copyOf(bytes, Math.toIntExact(Files.size(file))));
    Files.setLastModifiedTime(file, changed);
  }

  /** Returns the file of the cache that holds the images. */
  public Path cacheFile() throws IOException {
    return new ImageCache(cache, root, "").file();
  }

  /** Says whether the last reading had to decode; forgets what was told. */
  public boolean decoded() {
    boolean decoded = notices.stream().anyMatch(line -> line.startsWith("decoding "));
    notices.clear();
    return decoded;
  }
}
