package org.bitloom.run;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.bitloom.data.ImageSet;
import org.bitloom.session.ToyImages;

/**
 * Toy images as a folder of grey PNG files.
 *
 * @param images what is on them
 * @param classes names of the class folders, by label
 */
record ToyPictures(ToyImages images, List<String> classes) {
  /** Writes the folder and returns it. */
  Path write(Path folder) throws IOException {
    write(folder.resolve("train"), images.data().train());
    write(folder.resolve("test"), images.data().test());
    return folder;
  }

  private void write(Path part, ImageSet set) throws IOException {
    for (int i = 0; i < set.count(); i++) {
      Path folder = Files.createDirectories(part.resolve(classes.get(set.labels()[i])));
      ImageIO.write(
          picture(set, i, BufferedImage.TYPE_BYTE_GRAY),
          "png",
          folder.resolve(i + ".png").toFile());
    }
  }

  /** Draws one of the images. */
  static BufferedImage picture(ImageSet set, int index, int type) {
    BufferedImage image = new BufferedImage(set.width(), set.height(), type);
    for (int pixel = 0; pixel < set.imageSize(); pixel++) {
      int value = set.pixels()[set.imageSize() * index + pixel];
      for (int band = 0; band < image.getRaster().getNumBands(); band++) {
        image.getRaster().setSample(pixel % set.width(), pixel / set.width(), band, value);
      }
    }
    return image;
  }
}
