package org.bitloom.data;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bitloom.download.DownloadProgress;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.images.ImageFolder;
import org.bitloom.images.choice.ImageSettings;
import org.bitloom.io.FileKind;

/**
 * Finds, checks and loads data sets by name.
 *
 * <p>A set is looked for in {@code dataDir} only, if that is given, as {@code dataDir/NAME/} or as
 * the files of {@code dataDir} itself; else in this order: the folder in the variable BITLOOM_DATA
 * (the same two layouts), {@code /usr/share/datasets/NAME}, {@code ~/.cache/bitloom/NAME} (or below
 * XDG_CACHE_HOME), and inside the program. A set that lies nowhere is downloaded into that cache.
 * Anything that is not a known name is the path of a folder with the files of a data set: four idx
 * files, or six of CIFAR-10's binary version; or else an {@link ImageFolder}.
 */
public final class DataSets {
  private final DataPlaces places;
  private final Publishers publishers;
  private final DownloadProgress progress;
  private final ImageFolder.Options images;

  /** Creates the data sets that lie in some places; none is downloaded. */
  DataSets(DataPlaces places) {
    this(places, Publishers.NONE, DownloadProgress.NONE);
  }

  DataSets(DataPlaces places, Publishers publishers, DownloadProgress progress) {
    this(places, publishers, progress, ImageFolder.Options.STRICT);
  }

  private DataSets(
      DataPlaces places,
      Publishers publishers,
      DownloadProgress progress,
      ImageFolder.Options images) {
    this.places = places;
    this.publishers = publishers;
    this.progress = progress;
    this.images = images;
  }

  /** Returns the data sets of this machine and, by download, those of their publishers. */
  public static DataSets standard() {
    return standard(DownloadProgress.NONE);
  }

  /** Does as {@link #standard()}; {@code progress} hears of each download. */
  public static DataSets standard(DownloadProgress progress) {
    return new DataSets(
        DataPlaces.of(System.getenv(), Path.of(System.getProperty("user.home", ""))),
        Publishers.ON_THE_INTERNET,
        progress);
  }

  /**
   * Returns the same data sets with other care for image folders.
   *
   * @param how which images make a data set, and what pixels they give
   * @param notices hears in plain words of images left out and of decoding, which takes a while
   */
  public DataSets withImages(ImageSettings how, Consumer<String> notices) {
    return new DataSets(places, publishers, progress, new ImageFolder.Options(how, false, notices));
  }

  /**
   * A known data set.
   *
   * @param name that users write
   * @param title one line of what is in it
   * @param place folder it was found in, {@code bundled}, or empty if it is not on this machine
   * @param missing names of files that its folder lacks; it cannot be loaded then
   */
  public record Listing(String name, String title, Optional<String> place, List<String> missing) {
    public Listing {
      missing = List.copyOf(missing);
    }
  }

  /**
   * A data set whose files were read and checked in full.
   *
   * @param place folder it lies in, or {@code bundled}
   * @param files in the order of their layout; of an image folder only the folder
   */
  public record Verified(DataSet data, String place, List<VerifiedFile> files) {
    public Verified {
      files = List.copyOf(files);
    }
  }

  /** One checked file: where it lies and the SHA-256 of its unpacked bytes, or of all images. */
  public record VerifiedFile(String location, String sha256) {}

  /** Returns the known data sets and where each would be loaded from; reads no data. */
  public List<Listing> list(Optional<Path> dataDir) {
    return Arrays.stream(KnownSet.values()).map(set -> listing(set, dataDir)).toList();
  }

  private Listing listing(KnownSet set, Optional<Path> dataDir) {
    Optional<DataPlaces.Found> found = places.find(set, dataDir);
    return new Listing(
        set.label(),
        set.title(),
        found.map(DataPlaces.Found::place),
        found.map(DataPlaces.Found::missing).orElse(List.of()));
  }

  /** Says whether a name is that of a known data set, not of a folder. */
  public static boolean isKnown(String name) {
    return KnownSet.named(name).isPresent();
  }

  /** Returns the names of the known data sets, joined for a message. */
  public static String knownNames() {
    return KnownSet.names();
  }

  /**
   * Checks that a name can be loaded at all, without reading data.
   *
   * @throws UsageException if the name is neither known nor a folder
   */
  public static void checkName(String name) {
    boolean folder = !name.isBlank() && isFolder(name);
    if (KnownSet.named(name).isEmpty() && !folder) {
      Optional<FileKind> file = FileKind.ifFile(name);
      throw new UsageException(
          "data must be one of "
              + KnownSet.names()
              + " or a folder of images or data files, got '"
              + name
              + "'"
              + file.map(kind -> ", " + kind.title()).orElse(""),
          file.map(DataSets::wayToAFolder)
              .orElse("choose a name from ./bitloom data list, or check the path"));
    }
  }

  /** Says whether a name is that of a folder; which of two labels it asks for does not matter. */
  public static boolean isFolder(String name) {
    return Files.isDirectory(LabelChoice.of(name).folder());
  }

  private static String wayToAFolder(FileKind kind) {
    return switch (kind) {
      case IDX, GZIP -> "name the folder of the data files, not one of them";
      case ZIP, TAR -> "unpack it and name the folder that comes out";
      default -> "name a folder";
    };
  }

  /**
   * Loads a data set, and downloads it first if it is known, lies nowhere, and no {@code dataDir}
   * was given. Files of an image folder that seem unchanged are not read again.
   *
   * @throws UsageException if the name is neither known nor a folder of data files
   * @throws FailureException if the set is absent, incomplete or damaged
   */
  public DataSet load(String name, Optional<Path> dataDir) throws IOException {
    Optional<KnownSet> known = KnownSet.named(name);
    if (dataDir.isEmpty() && known.isPresent()) {
      download(known.get());
    }
    return read(name, dataDir, images).data();
  }

  private void download(KnownSet set) throws IOException {
    if (!isToBeFetched(set)) {
      return;
    }
    try {
      publishers.fetch(set, places.cache(set), progress);
    } catch (FailureException e) {
      throw places.absent(set, Optional.empty(), Optional.of(e));
    } catch (FileSystemException e) {
      FailureException cache =
          new FailureException("the cache could not be written: " + e.getMessage(), "see --debug");
      cache.initCause(e);
      throw places.absent(set, Optional.empty(), Optional.of(cache));
    }
  }

  /** Says whether a set is nowhere, or is there in part because its download was ended. */
  private boolean isToBeFetched(KnownSet set) {
    Optional<DataPlaces.Found> found = places.find(set, Optional.empty());
    boolean begun =
        found
            .filter(part -> !part.missing().isEmpty())
            .filter(part -> Path.of(part.place()).startsWith(places.cache(set)))
            .isPresent();
    return publishers.offer(set) && (found.isEmpty() || begun);
  }

  /** Returns the names of the data sets that {@link #fetch} would download. */
  public List<String> absent() {
    return Arrays.stream(KnownSet.values())
        .filter(this::isToBeFetched)
        .map(KnownSet::label)
        .toList();
  }

  /**
   * Downloads a known data set into the cache, unless it is on this machine.
   *
   * @return where it lies now
   * @throws UsageException if the name is not known
   * @throws FailureException if the download fails, or the set lies incomplete in another place
   */
  public String fetch(String name) throws IOException {
    KnownSet set =
        KnownSet.named(name)
            .orElseThrow(
                () ->
                    new UsageException(
                        "data to fetch must be one of " + KnownSet.names() + ", got '" + name + "'",
                        "choose a name from ./bitloom data list"));
    if (isToBeFetched(set)) {
      publishers.fetch(set, places.cache(set), progress);
    }
    return places.require(set, Optional.empty()).place();
  }

  /**
   * Reads every file of a set that is on this machine, and tells where each lies and its checksum.
   */
  public Verified verify(String name, Optional<Path> dataDir) throws IOException {
    return read(name, dataDir, images.readingAll());
  }

  private Verified read(String name, Optional<Path> dataDir, ImageFolder.Options care)
      throws IOException {
    checkName(name);
    Optional<KnownSet> known = KnownSet.named(name);
    if (known.isEmpty() && dataDir.isPresent()) {
      throw new UsageException(
          "a data folder must be named once, got '" + name + "' and --data-dir " + dataDir.get(),
          "leave out --data-dir");
    }
    if (isImageFolder(name)) {
      DataSet data = DataSet.of(name, ImageFolder.read(Path.of(name), places.cache(), care));
      return new Verified(data, name, List.of(new VerifiedFile(name, data.sha256())));
    }
    refuseImageSettings(name, care.images());
    DataPlaces.Found found =
        known.map(set -> places.require(set, dataDir)).orElseGet(() -> DataPlaces.folder(name));
    if (LabelChoice.of(name).given() && found.layout() != FileLayout.CIFAR100) {
      throw new UsageException(
          ":coarse and :fine choose labels of CIFAR-100, found " + found.layout().title(),
          "leave it out");
    }
    if (found.layout() == FileLayout.EMNIST) {
      care.notices().accept("EMNIST stores images mirrored along the diagonal; turned upright");
    }
    FileLayout.Loaded loaded = found.layout().read(name, found.files(), known);
    DataSet data = known.isPresent() ? loaded.data().asKnown() : loaded.data();
    return new Verified(data, found.place(), loaded.files());
  }

  /** Says whether a name that was checked is that of a folder of images. */
  public static boolean isImageFolder(String name) throws IOException {
    return KnownSet.named(name).isEmpty()
        && !LabelChoice.of(name).given()
        && DataPlaces.anyIn(Path.of(name)).isEmpty()
        && ImageFolder.looksLikeOne(Path.of(name));
  }

  /** Whoever asks for pixels of another kind must not get others without a word. */
  private static void refuseImageSettings(String name, ImageSettings how) {
    String option =
        how.size().isPresent()
            ? "--resize"
            : how.range().isPresent() ? "--range" : how.split().isPresent() ? "--split" : "";
    if (!option.isEmpty()) {
      throw new UsageException(
          option + " must be used with a folder of images, got the data set " + name,
          "leave it out");
    }
  }
}
