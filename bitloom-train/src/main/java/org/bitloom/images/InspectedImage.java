package org.bitloom.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.bitloom.error.FailureException;
import org.bitloom.images.choice.Preparation;
import org.bitloom.io.Sha256;

/**
 * What is known of a file after its bytes were read once.
 *
 * @param source the file
 * @param sha256 of its bytes, or {@link #UNREAD}
 * @param width in pixels; 0 if the image is bad
 * @param height in pixels; 0 if the image is bad
 * @param channels 1 or 3; 0 if the image is bad
 * @param bits per sample; 0 if the image is bad
 * @param problem why the image is bad; empty if it seems good
 */
record InspectedImage(
    ImageSource source,
    String sha256,
    int width,
    int height,
    int channels,
    int bits,
    String problem) {
  static final String UNREAD = "unread";

  /** Nobody has a single image of this size in a data set; more likely something else was named. */
  private static final long MAX_FILE_BYTES = 1 << 30;

  /** Reads a file and checks its structure; a file that cannot be read is a bad image. */
  static InspectedImage of(ImageSource source) {
    String sha256 = UNREAD;
    try {
      byte[] bytes = bytes(source.path());
      sha256 = sha256(bytes);
      ImageFile file = ImageFile.parse(bytes);
      return new InspectedImage(
          source, sha256, file.width(), file.height(), file.channels(), file.samples().bits(), "");
    } catch (BadImageException e) {
      return new InspectedImage(source, sha256, 0, 0, 0, 0, e.getMessage());
    }
  }

  /**
   * Reads a file once more and decodes it.
   *
   * @param used hears which samples it uses, if they have 16 bits
   * @return unsigned bytes {@code [channels, height, width]}
   * @throws BadImageException if the pixels are damaged
   * @throws FailureException if the file has changed meanwhile
   */
  byte[] decode(Preparation preparation, SixteenBits.Gathered used) throws BadImageException {
    byte[] bytes = bytes(source.path());
    if (!sha256(bytes).equals(sha256)) {
      throw new FailureException(
          "images must stay as they are while they are read, " + source.path() + " has changed",
          "try again when nothing writes into the folder");
    }
    return ImageDecoder.decode(ImageFile.parse(bytes), preparation, used);
  }

  /** Reads all of a file that may be an image. */
  static byte[] bytes(Path path) throws BadImageException {
    try {
      BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class);
      if (!facts.isRegularFile()) {
        throw new BadImageException(facts.isDirectory() ? "a folder" : "no regular file");
      }
      if (facts.size() > MAX_FILE_BYTES) {
        throw new BadImageException("larger than " + MAX_FILE_BYTES + " bytes");
      }
      return Files.readAllBytes(path);
    } catch (BadImageException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new BadImageException("a link to nothing");
    } catch (AccessDeniedException e) {
      throw new BadImageException("no permission to read it");
    } catch (IOException e) {
      throw new BadImageException("cannot be read, " + e.getMessage());
    }
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
  }

  /**
   * Sums up files: SHA-256 of a line {@code SHA256 NAME} for each, in the order of their names.
   *
   * @return 64 hexadecimal digits
   */
  static String checksum(List<InspectedImage> images) {
    MessageDigest digest = Sha256.digest();
    images.stream()
        .sorted(Comparator.comparing(image -> image.source().name(), ImageSource.BY_BYTES))
        .map(image -> image.sha256() + "  " + image.source().name() + "\n")
        .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }
}
