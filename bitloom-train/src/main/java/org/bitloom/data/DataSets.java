package org.bitloom.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;

/**
 * Finds, checks and loads data sets by name.
 *
 * <p>A set is looked for in {@code dataDir} only, if that is given, as {@code dataDir/NAME/} or as
 * the files of {@code dataDir} itself; else in this order: the folder in the variable BITLOOM_DATA
 * (the same two layouts), {@code /usr/share/datasets/NAME}, {@code ~/.cache/bitloom/NAME} (or below
 * XDG_CACHE_HOME), and inside the program. Anything that is not a known name is the path of a
 * folder with four idx files.
 */
public final class DataSets {
  private final DataPlaces places;

  DataSets(DataPlaces places) {
    this.places = places;
  }

  /** Returns the data sets of this machine. */
  public static DataSets standard() {
    return new DataSets(
        DataPlaces.of(System.getenv(), Path.of(System.getProperty("user.home", ""))));
  }

  /**
   * A known data set.
   *
   * @param name that users write
   * @param title one line of what is in it
   * @param place folder it was found in, {@code bundled}, or empty if it is not on this machine
   */
  public record Listing(String name, String title, Optional<String> place) {}

  /**
   * A data set whose files were read and checked in full.
   *
   * @param place folder it lies in, or {@code bundled}
   * @param files training images, training labels, test images, test labels
   */
  public record Verified(DataSet data, String place, List<VerifiedFile> files) {
    public Verified {
      files = List.copyOf(files);
    }
  }

  /** One checked file: where it lies and the SHA-256 of its unpacked bytes. */
  public record VerifiedFile(String location, String sha256) {}

  /** Returns the known data sets and where each would be loaded from; reads no data. */
  public List<Listing> list(Optional<Path> dataDir) {
    return Arrays.stream(KnownSet.values())
        .map(
            set ->
                new Listing(
                    set.label(),
                    set.title(),
                    places.find(set, dataDir).map(DataPlaces.Found::place)))
        .toList();
  }

  /**
   * Checks that a name can be loaded at all, without reading data.
   *
   * @throws UsageException if the name is neither known nor a folder
   */
  public static void checkName(String name) {
    boolean folder = !name.isBlank() && Files.isDirectory(Path.of(name));
    if (KnownSet.named(name).isEmpty() && !folder) {
      throw new UsageException(
          "data must be one of "
              + KnownSet.names()
              + " or a folder of idx files, got '"
              + name
              + "'",
          "choose a name from ./bitloom data list");
    }
  }

  /**
   * Loads a data set.
   *
   * @throws UsageException if the name is neither known nor a folder of idx files
   * @throws FailureException if the set is absent, incomplete or damaged
   */
  public DataSet load(String name, Optional<Path> dataDir) throws IOException {
    return verify(name, dataDir).data();
  }

  /** Does as {@link #load}, and tells where each file was found and its checksum. */
  public Verified verify(String name, Optional<Path> dataDir) throws IOException {
    checkName(name);
    Optional<KnownSet> known = KnownSet.named(name);
    if (known.isEmpty() && dataDir.isPresent()) {
      throw new UsageException(
          "a data folder must be named once, got '" + name + "' and --data-dir " + dataDir.get(),
          "leave out --data-dir");
    }
    DataPlaces.Found found =
        known.map(set -> places.require(set, dataDir)).orElseGet(() -> DataPlaces.folder(name));
    List<IdxFile> files = readAll(found.files());
    known.ifPresent(set -> checkSums(set, files));
    String sha256 = known.map(KnownSet::sha256).orElseGet(() -> sha256(files));
    DataSet data = assemble(name, files, known.map(set -> KnownSet.CLASSES), sha256);
    return new Verified(
        data,
        found.place(),
        files.stream().map(file -> new VerifiedFile(file.location(), file.sha256())).toList());
  }

  /** The training files are read beside the test files: unpacking takes most of the time. */
  private static List<IdxFile> readAll(List<DataFile> files) throws IOException {
    try {
      return IntStream.range(0, files.size())
          .parallel()
          .mapToObj(i -> readUnchecked(files.get(i), i % 2 == 0 ? 3 : 1))
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static IdxFile readUnchecked(DataFile file, int dimensions) {
    try {
      return IdxFile.read(file, dimensions);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void checkSums(KnownSet set, List<IdxFile> files) {
    for (int i = 0; i < files.size(); i++) {
      String expected = set.fileSha256().get(i);
      String found = files.get(i).sha256();
      if (!found.equals(expected)) {
        throw new FailureException(
            String.format(
                Locale.ROOT,
                "%s: SHA-256 of the unpacked file must be %s for %s, found %s",
                files.get(i).location(),
                expected,
                set.label(),
                found),
            "replace the file with an undamaged copy");
      }
    }
  }

  private static String sha256(List<IdxFile> files) {
    MessageDigest digest = IdxFile.sha256Digest();
    for (IdxFile file : files) {
      digest.update(file.header());
      digest.update(file.values());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static DataSet assemble(
      String name, List<IdxFile> files, Optional<Integer> knownClasses, String sha256) {
    int classes = knownClasses.orElseGet(() -> classes(files.get(1)));
    ImageSet train = images(files.get(0), files.get(1), classes);
    ImageSet test = images(files.get(2), files.get(3), classes);
    if (train.height() != test.height() || train.width() != test.width()) {
      throw new FailureException(
          String.format(
              Locale.ROOT,
              "%s: images must be %dx%d as the training images are, found %dx%d",
              files.get(2).location(),
              train.height(),
              train.width(),
              test.height(),
              test.width()),
          "put files of one data set together");
    }
    return new DataSet(name, train, test, sha256);
  }

  /** Counts the classes of a set that is not known: largest training label + 1, at least 2. */
  private static int classes(IdxFile labels) {
    int largest = 1;
    for (byte label : labels.values()) {
      largest = Math.max(largest, label & 0xff);
    }
    return largest + 1;
  }

  private static ImageSet images(IdxFile images, IdxFile labels, int classes) {
    int count = images.sizes()[0];
    if (labels.sizes()[0] != count) {
      throw new FailureException(
          String.format(
              Locale.ROOT,
              "%s: labels at bytes 4..7 must be %d, one per image of %s, found %d",
              labels.location(),
              count,
              images.location(),
              labels.sizes()[0]),
          "put files of one data set together");
    }
    byte[] values = labels.values();
    for (int i = 0; i < count; i++) {
      if ((values[i] & 0xff) >= classes) {
        throw new FailureException(
            String.format(
                Locale.ROOT,
                "%s: label at byte %d must be 0..%d, found %d",
                labels.location(),
                labels.header().length + i,
                classes - 1,
                values[i] & 0xff),
            "replace the file with an undamaged copy");
      }
    }
    return new ImageSet(images.values(), values, 1, images.sizes()[1], images.sizes()[2], classes);
  }
}
