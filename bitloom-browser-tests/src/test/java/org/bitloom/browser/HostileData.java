package org.bitloom.browser;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** A folder of small images in which every name is one that a careless page would run. */
final class HostileData {
  /** The function that the names call. */
  static final String CALL = "hacked()";

  static final List<String> CLASSES =
      List.of(
          "<img src=x onerror=" + CALL + ">", "\"><svg onload=" + CALL + ">", "'-" + CALL + "-'");

  private static final String FILE = "<script>" + CALL + "<&quot;";
  private static final int SIDE = 8;

  private HostileData() {}

  /** Writes a few images per class for training and for testing. */
  static Path write(Path folder) throws IOException {
    for (String part : List.of("train", "test")) {
      for (int label = 0; label < CLASSES.size(); label++) {
        Path images = Files.createDirectories(folder.resolve(part).resolve(CLASSES.get(label)));
        for (int i = 0; i < 6; i++) {
          Path file = images.resolve(FILE + i + ".png");
          int grey = part.equals("train") ? 0xffffff : 0xcccccc;
          ImageIO.write(image(label, i, grey), "png", file.toFile());
        }
      }
    }
    return folder;
  }

  /** A bar whose height is the class, at a place of its own. */
  private static BufferedImage image(int label, int place, int grey) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y <= 2 * label; y++) {
      image.setRGB(place, y, grey);
    }
    return image;
  }
}
