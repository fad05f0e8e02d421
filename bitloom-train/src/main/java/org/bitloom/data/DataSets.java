package org.bitloom.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;

/**
 * Finds, checks and loads data sets by name.
 *
 * <p>A set is looked for in {@code dataDir} only, if that is given, as {@code dataDir/NAME/} or as
 * the files of {@code dataDir} itself; else in this order: the folder in the variable BITLOOM_DATA
 * (the same two layouts), {@code /usr/share/datasets/NAME}, {@code ~/.cache/bitloom/NAME} (or below
 * XDG_CACHE_HOME), and inside the program. Anything that is not a known name is the path of a
 * folder with the files of a data set: four idx files, or six of CIFAR-10's binary version.
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
   * @param files in the order of their layout
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
              + " or a folder of data files, got '"
              + name
              + "'",
          "choose a name from ./bitloom data list");
    }
  }

  /**
   * Loads a data set.
   *
   * @throws UsageException if the name is neither known nor a folder of data files
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
    FileLayout.Loaded loaded = found.layout().read(name, found.files(), known);
    return new Verified(loaded.data(), found.place(), loaded.files());
  }
}
