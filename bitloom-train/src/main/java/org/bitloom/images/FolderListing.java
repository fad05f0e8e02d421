package org.bitloom.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bitloom.io.Sha256;

/**
 * What the files of an image folder look like from outside: names, sizes and times of change.
 *
 * @param sha256 of them all; two folders with the same one are taken to hold the same images
 * @param newest time of change among the files
 */
record FolderListing(String sha256, Instant newest) {
  /** Longest time that a file system takes for one moment: a later change may leave no trace. */
  private static final Duration MOMENT = Duration.ofSeconds(2);

  /** One file from outside. */
  private record Entry(String name, long size, Instant changed) {
    static Entry of(ImageSource source) {
      try {
        BasicFileAttributes facts = Files.readAttributes(source.path(), BasicFileAttributes.class);
        return new Entry(source.name(), facts.size(), facts.lastModifiedTime().toInstant());
      } catch (IOException e) { // whoever reads the image will say why
        return new Entry(source.name(), -1, Instant.EPOCH);
      }
    }

    String line() {
      return size + " " + changed + " " + name + "\n";
    }
  }

  /** Looks at every file and opens none. */
  static FolderListing of(ClassFolders files) {
    List<Entry> entries =
        Stream.concat(files.train().stream(), files.test().stream())
            .parallel()
            .map(Entry::of)
            .toList();
    MessageDigest digest = Sha256.digest();
    entries.forEach(entry -> digest.update(entry.line().getBytes(StandardCharsets.UTF_8)));
    Instant newest =
        entries.stream().map(Entry::changed).max(Instant::compareTo).orElse(Instant.EPOCH);
    return new FolderListing(HexFormat.of().formatHex(digest.digest()), newest);
  }

  /** Says whether no file can have changed once more since, at the same moment. */
  boolean isSettled(Instant now) {
    return newest.plus(MOMENT).isBefore(now);
  }
}
