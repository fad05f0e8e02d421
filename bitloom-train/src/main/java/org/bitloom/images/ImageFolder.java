package org.bitloom.images;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bitloom.error.FailureException;
import org.bitloom.images.DecodedFolder.BadImage;
import org.bitloom.images.choice.ImageSettings;

/**
 * Reads a folder of images: {@code train/CLASS/*.png} and {@code test/CLASS/*.jpg}, where CLASS is
 * the name of a folder and its place among the sorted names the label.
 *
 * <p>All images have one size, or are scaled to one. If all are grey there is one channel, else
 * there are three. Values are those stored in the file, 0..255; 16 bits are rounded to 8, all of
 * them or a range, transparent pixels are laid on white, colour profiles and orientation are not
 * applied.
 *
 * <p>Images are decoded once. A file in the cache keeps the bytes, found again by a checksum over
 * the names and the contents of all source files. That checksum is the one of the data set: SHA-256
 * of the lines {@code SHA256 train/CLASS/NAME}, sorted by name, as {@code sha256sum} prints them.
 * Source files whose names, sizes and times of change are those of the last reading are taken to be
 * unchanged and are not opened, unless {@link Options#readAll} demands it.
 */
public final class ImageFolder {
  private final Path folder;
  private final ClassFolders files;
  private final ImageCache kept;
  private final Options options;

  private ImageFolder(Path folder, ClassFolders files, ImageCache kept, Options options) {
    this.folder = folder;
    this.files = files;
    this.kept = kept;
    this.options = options;
  }

  /**
   * How a folder is read.
   *
   * @param images what decides the data set
   * @param readAll whether every file is read, even if none seems to have changed
   * @param notices hears in plain words, a line at a time, of images skipped and of work that takes
   *     a while
   */
  public record Options(ImageSettings images, boolean readAll, Consumer<String> notices) {
    /** Refuses damaged images and tells nothing. */
    public static final Options STRICT = new Options(ImageSettings.STRICT, false, line -> {});

    /** Returns the same care, but every file is read. */
    public Options readingAll() {
      return new Options(images, true, notices);
    }
  }

  /**
   * Says whether a folder is meant to be read by this class: it has a folder {@code train}, or at
   * least two folders with images.
   */
  public static boolean looksLikeOne(Path folder) throws IOException {
    if (Files.isDirectory(folder.resolve(ClassFolders.TRAIN))) {
      return true;
    }
    int classes = 0;
    for (FolderEntry entry : FolderEntry.visible(folder)) {
      classes += entry.isFolder() && holdsImages(entry.path()) ? 1 : 0;
      if (classes == 2) {
        return true;
      }
    }
    return false;
  }

  /** Says whether a folder has a part to test on, so that it needs no split. */
  public static boolean saysWhatToTest(Path folder) {
    return ClassFolders.TEST.stream().anyMatch(name -> Files.isDirectory(folder.resolve(name)));
  }

  private static boolean holdsImages(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.anyMatch(path -> ImageFile.hasSuffix(FolderEntry.of(path).name()));
    } catch (AccessDeniedException e) {
      return false;
    }
  }

  /**
   * Reads a folder.
   *
   * @param cache folder for decoded images, made if need be; if it cannot be written, images are
   *     decoded each time
   * @throws FailureException if folders are missing, images bad or of different sizes
   * @throws IOException if a folder cannot be listed
   */
  public static DecodedFolder read(Path folder, Path cache, Options options) throws IOException {
    return read(folder, cache, options, Clock.systemUTC());
  }

  /** Does as {@link #read(Path, Path, Options)}; the clock tells how old the files are. */
  static DecodedFolder read(Path folder, Path cache, Options options, Clock clock)
      throws IOException {
    ImageSettings images = options.images();
    ImageFolder reader =
        new ImageFolder(
            folder,
            ClassFolders.list(folder, images.split()),
            new ImageCache(cache, folder, images.words()),
            options);
    reader.tellIgnored();
    return reader.read(clock.instant());
  }

  private void tellIgnored() throws IOException {
    String used = files.testPart();
    for (FolderEntry entry : FolderEntry.visible(folder)) {
      if (ClassFolders.TEST.contains(entry.name()) && !entry.name().equals(used)) {
        tell("not read: %s of %s, as %s is there", entry.name(), folder, used);
      }
    }
    if (!files.ignored().isEmpty()) {
      tell(
          "ignored %d entries of %s that are no %s files in a class folder, such as %s",
          files.ignored().size(), folder, ImageFile.SUFFIX_WORDS, files.ignored().get(0));
    }
  }

  private DecodedFolder read(Instant now) {
    FolderListing listing = FolderListing.of(files);
    Optional<String> known = options.readAll() ? Optional.empty() : kept.sources(listing);
    Optional<DecodedFolder> unchanged = known.flatMap(this::cached);
    if (unchanged.isPresent()) {
      checkBad(unchanged.get());
      return unchanged.get();
    }
    List<InspectedImage> train = inspect(files.train());
    List<InspectedImage> test = inspect(files.test());
    String sources = InspectedImage.checksum(Stream.concat(train.stream(), test.stream()).toList());
    boolean looked = known.equals(Optional.of(sources)); // in vain, a moment ago
    Optional<DecodedFolder> cached = looked ? Optional.empty() : cached(sources);
    DecodedFolder decoded = cached.orElseGet(() -> decode(train, test));
    checkBad(decoded);
    boolean there = cached.isPresent() || keep(() -> kept.write(sources, decoded));
    if (there && listing.isSettled(now)) {
      keep(() -> kept.remember(listing, sources));
    }
    return decoded;
  }

  private static List<InspectedImage> inspect(List<ImageSource> sources) {
    return sources.parallelStream().map(InspectedImage::of).toList();
  }

  private Optional<DecodedFolder> cached(String sources) {
    try {
      return kept.read(sources, files);
    } catch (IOException e) {
      tell("decoded images in the cache are damaged and are made anew (%s)", e.getMessage());
      return Optional.empty();
    }
  }

  private DecodedFolder decode(List<InspectedImage> train, List<InspectedImage> test) {
    FolderDecoder decoder = new FolderDecoder(train, test, files.classes(), options.images());
    tell(
        "decoding %d images of %s (once, then they come from the cache)",
        train.size() + test.size(), folder);
    return decoder.decode();
  }

  private void checkBad(DecodedFolder decoded) {
    List<BadImage> bad = decoded.bad();
    if (bad.isEmpty()) {
      return;
    }
    String found =
        String.format(
            Locale.ROOT,
            "%d of %d bad: %s",
            bad.size(),
            files.train().size() + files.test().size(),
            BadImage.list(bad));
    if (!options.images().skipBadImages()) {
      throw new FailureException(
          "images of " + folder + " must be readable, found " + found,
          "replace or remove them, or leave them out with --skip-bad-images");
    }
    checkClasses(decoded.train(), files.train());
    checkClasses(decoded.test(), files.test());
    tell("skipped images of %s, %s", folder, found);
  }

  private void checkClasses(DecodedFolder.Part images, List<ImageSource> sources) {
    BitSet present = new BitSet();
    for (byte label : images.labels()) {
      present.set(label & 0xff);
    }
    int empty = present.nextClearBit(0);
    if (empty < files.classes().size()) {
      Path of =
          sources.stream()
              .filter(source -> source.label() == empty)
              .findFirst()
              .map(source -> source.path().getParent())
              .orElse(folder);
      throw new FailureException(
          "class folder "
              + of
              + " must keep at least one image when bad ones are skipped, found all of them bad",
          "replace its images, or remove the class from train and from test");
    }
  }

  private interface Keeping {
    void run() throws IOException;
  }

  private boolean keep(Keeping keeping) {
    try {
      keeping.run();
      return true;
    } catch (IOException e) {
      tell(
          "decoded images cannot be kept in %s and will be decoded again next time (%s)",
          kept.file(), e);
      return false;
    }
  }

  private void tell(String format, Object... values) {
    options.notices().accept(String.format(Locale.ROOT, format, values));
  }
}
