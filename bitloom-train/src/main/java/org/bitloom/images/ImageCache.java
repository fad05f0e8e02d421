package org.bitloom.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.images.DecodedFolder.BadImage;
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
  private static final String FORMAT = "bitloom-image-folder-2";

  private static final int NAME_LENGTH = 40;
  private static final int HASH_DIGITS = 16;

  private static final String LISTING = "listing";
  private static final String SOURCES = "sources";

  private final Path file;

  /** Names the file of {@code folder} in the folder {@code cache}. */
  ImageCache(Path cache, Path folder) throws IOException {
    Path real = folder.toRealPath();
    byte[] hash = Sha256.digest().digest(real.toString().getBytes(StandardCharsets.UTF_8));
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
   * @param classes names of the class folders
   * @return empty if there is no file or it was made from other sources
   * @throws IOException if there is a file but it cannot be trusted
   */
  Optional<DecodedFolder> read(String sources, List<String> classes) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (SafetensorsFile saved = SafetensorsFile.open(file)) {
      Map<String, String> facts = saved.metadata();
      if (!FORMAT.equals(facts.get("format")) || !sources.equals(facts.get(SOURCES))) {
        return Optional.empty();
      }
      saved.verifyChecksum();
      return Optional.of(
          new DecodedFolder(
              classes,
              form(saved.entry(ClassFolders.TRAIN + "/pixels").shape()),
              part(saved, ClassFolders.TRAIN),
              part(saved, ClassFolders.TEST),
              facts.get("data"),
              bad(facts.get("bad"))));
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

  private static DecodedFolder.Part part(SafetensorsFile saved, String part) throws IOException {
    return new DecodedFolder.Part(saved.bytes(part + "/pixels"), saved.bytes(part + "/labels"));
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
    Map<String, String> facts =
        Map.of(
            "format",
            FORMAT,
            SOURCES,
            sources,
            "data",
            folder.sha256(),
            "classes",
            String.valueOf(folder.classes().size()),
            "bad",
            Json.print(bad));
    List<TensorData> tensors = new ArrayList<>();
    add(tensors, ClassFolders.TRAIN, folder.form(), folder.train());
    add(tensors, ClassFolders.TEST, folder.form(), folder.test());
    Files.createDirectories(file.getParent());
    Safetensors.write(file, facts, tensors);
  }

  private static void add(
      List<TensorData> tensors, String part, DecodedFolder.Form form, DecodedFolder.Part images) {
    long[] shape = {images.count(), form.channels(), form.height(), form.width()};
    tensors.add(TensorData.unsignedBytes(part + "/pixels", shape, images.pixels()));
    tensors.add(
        TensorData.unsignedBytes(part + "/labels", new long[] {images.count()}, images.labels()));
  }
}
