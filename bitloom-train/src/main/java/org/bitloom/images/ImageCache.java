package org.bitloom.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bitloom.images.DecodedFolder.BadImage;
import org.bitloom.images.choice.SampleRange;
import org.bitloom.io.AtomicFiles;
import org.bitloom.io.Json;
import org.bitloom.io.Safetensors;
import org.bitloom.io.SafetensorsFile;
import org.bitloom.io.Sha256;
import org.bitloom.io.TensorData;

/**
 * Keeps the decoded images of a folder in one safetensors file, so they are decoded once.
 *
 * <p>The file is good for the checksum of the sources it was made from, has a checksum of its own
 * over every byte, and is replaced when the folder changes. Beside it lies what the sources looked
 * like from outside, so that sources nobody has touched need not be read to know their checksum.
 * Both may be deleted at any time.
 */
final class ImageCache {
  /** Changes when decoding changes, such as the ground under transparent pixels. */
  private static final String FORMAT = "bitloom-image-folder-3";

  private static final int NAME_LENGTH = 40;
  private static final int HASH_DIGITS = 16;

  private static final String LISTING = "listing";
  private static final String SOURCES = "sources";
  private static final String TRAIN = "train";
  private static final String TEST = "test";
  private static final String PIXELS = "/pixels";
  private static final String LABELS = "/labels";
  private static final String SIXTEEN_BITS = "/sixteenBits";
  private static final String RANGE = "range";

  private final Path file;

  /**
   * Names the file of {@code folder} in the folder {@code cache}.
   *
   * @param how what decides the pixels beside the sources; nothing if they are taken as they are
   */
  ImageCache(Path cache, Path folder, String how) throws IOException {
    Path real = folder.toRealPath();
    byte[] hash = Sha256.digest().digest((real + how).getBytes(StandardCharsets.UTF_8));
    String digits = HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS);
    Path last = real.getFileName();
    String name = last == null ? "" : last.toString().replaceAll("[^A-Za-z0-9._-]", "_");
    file =
        cache
            .resolve("image-folders")
            .resolve(
                name.substring(0, Math.min(name.length(), NAME_LENGTH))
                    + "-"
                    + digits
                    + ".safetensors");
  }

  Path file() {
    return file;
  }

  /**
   * Reads the images back.
   *
   * @param sources checksum of the source files as they are now
   * @param files as they are now
   * @return empty if there is no file or it was made from other sources
   * @throws IOException if there is a file but it cannot be trusted
   */
  Optional<DecodedFolder> read(String sources, ClassFolders files) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (SafetensorsFile saved = SafetensorsFile.open(file)) {
      Map<String, String> facts = saved.metadata();
      if (!FORMAT.equals(facts.get("format")) || !sources.equals(facts.get(SOURCES))) {
        return Optional.empty();
      }
      saved.verifyChecksum();
      List<BadImage> bad = bad(facts.get("bad"));
      return Optional.of(
          new DecodedFolder(
              files.classes(),
              form(saved.entry(TRAIN + PIXELS).shape()),
              part(saved, TRAIN, names(files.train(), bad)),
              part(saved, TEST, names(files.test(), bad)),
              facts.get("data"),
              bad,
              Optional.of(facts.get(RANGE))
                  .filter(text -> !text.isEmpty())
                  .map(SampleRange::parse)));
    } catch (RuntimeException e) { // a file made by others may lack anything
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns the checksum of the source files if they look as they did when they were read.
   *
   * @return empty if they do not, or nothing is known
   */
  Optional<String> sources(FolderListing listing) {
    try {
      Object seen = Json.parse(Files.readString(seen()));
      return seen instanceof Map<?, ?> facts
              && listing.sha256().equals(facts.get(LISTING))
              && facts.get(SOURCES) instanceof String sources
          ? Optional.of(sources)
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) { // missing or damaged: read the sources
      return Optional.empty();
    }
  }

  /** Notes what the source files looked like when they had a checksum. */
  void remember(FolderListing listing, String sources) throws IOException {
    Files.createDirectories(file.getParent());
    AtomicFiles.writeString(
        seen(), Json.print(Map.of(LISTING, listing.sha256(), SOURCES, sources)) + "\n");
  }

  private Path seen() {
    return file.resolveSibling(file.getFileName() + ".seen");
  }

  private static DecodedFolder.Form form(List<Long> shape) {
    return new DecodedFolder.Form(
        Math.toIntExact(shape.get(1)),
        Math.toIntExact(shape.get(2)),
        Math.toIntExact(shape.get(3)));
  }

  private static List<String> names(List<ImageSource> sources, List<BadImage> bad) {
    Set<String> out = bad.stream().map(BadImage::name).collect(Collectors.toSet());
    return sources.stream().map(ImageSource::name).filter(name -> !out.contains(name)).toList();
  }

  private static DecodedFolder.Part part(SafetensorsFile saved, String part, List<String> names)
      throws IOException {
    return new DecodedFolder.Part(
        saved.bytes(part + PIXELS),
        saved.bytes(part + LABELS),
        names,
        SixteenBits.parse(saved.metadata().get(part + SIXTEEN_BITS)));
  }

  private static List<BadImage> bad(String json) {
    List<BadImage> bad = new ArrayList<>();
    for (Object entry : (List<?>) Json.parse(json)) {
      Map<?, ?> image = (Map<?, ?>) entry;
      bad.add(new BadImage((String) image.get("name"), (String) image.get("reason")));
    }
    return bad;
  }

  /** Replaces the file. */
  void write(String sources, DecodedFolder folder) throws IOException {
    List<Object> bad = new ArrayList<>();
    folder.bad().forEach(image -> bad.add(Map.of("name", image.name(), "reason", image.reason())));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("format", FORMAT);
    facts.put(SOURCES, sources);
    facts.put("data", folder.sha256());
    facts.put("classes", String.valueOf(folder.classes().size()));
    facts.put("bad", Json.print(bad));
    facts.put(RANGE, folder.range().map(SampleRange::toString).orElse(""));
    facts.put(TRAIN + SIXTEEN_BITS, folder.train().sixteenBits().words());
    facts.put(TEST + SIXTEEN_BITS, folder.test().sixteenBits().words());
    List<TensorData> tensors = new ArrayList<>();
    add(tensors, TRAIN, folder.form(), folder.train());
    add(tensors, TEST, folder.form(), folder.test());
    Files.createDirectories(file.getParent());
    Safetensors.write(file, facts, tensors);
  }

  private static void add(
      List<TensorData> tensors, String part, DecodedFolder.Form form, DecodedFolder.Part images) {
    long[] shape = {images.count(), form.channels(), form.height(), form.width()};
    tensors.add(TensorData.unsignedBytes(part + PIXELS, shape, images.pixels()));
    tensors.add(
        TensorData.unsignedBytes(part + LABELS, new long[] {images.count()}, images.labels()));
  }
}
