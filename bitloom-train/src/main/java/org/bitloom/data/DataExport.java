package org.bitloom.data;

import java.awt.image.BufferedImage;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.bitloom.error.UsageException;
import org.bitloom.io.AtomicFiles;

/**
 * Writes a data set as the files that other programs read: grey images as four idx files, CIFAR-10
 * as the six of its binary version. A set that came from such files is written to the same bytes.
 */
public final class DataExport {
  private static final int IDX_BYTES = 0x0800;
  private static final int TRAIN_FILES = 5;

  private final DataSet data;
  private final FileLayout layout;

  private DataExport(DataSet data, FileLayout layout) {
    this.data = data;
    this.layout = layout;
  }

  /**
   * Chooses the files for a data set.
   *
   * @throws UsageException if no kind of file holds its images
   */
  public static DataExport of(DataSet data) {
    if (data.train().channels() == 1) {
      return new DataExport(data, FileLayout.IDX);
    }
    if (isCifar10(data)) {
      return new DataExport(data, FileLayout.CIFAR);
    }
    ImageSet images = data.train();
    throw new UsageException(
        String.format(
            Locale.ROOT,
            "data to export must be grey images or CIFAR-10, got %d + %d images of %d x %dx%d in"
                + " %d classes",
            images.count(),
            data.test().count(),
            images.channels(),
            images.width(),
            images.height(),
            images.classes()),
        "use the files of " + data.name() + " as they are");
  }

  private static boolean isCifar10(DataSet data) {
    ImageSet train = data.train();
    return train.channels() == 3
        && train.height() == CifarSet.SIDE
        && train.width() == CifarSet.SIDE
        && train.classes() == CifarForm.TEN.classNames().size()
        && train.count() == TRAIN_FILES * CifarForm.TEN.trainRecords()
        && data.test().count() == CifarForm.TEST_RECORDS;
  }

  /** Returns the paths of the files below a folder, in the order in which they are written. */
  public List<Path> files(Path folder) {
    return layout.files().stream().map(folder::resolve).toList();
  }

  /**
   * Writes the files, each whole or not at all, in place of older ones.
   *
   * @param folder is made if it is not there
   */
  public List<Path> write(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = files(folder);
    List<AtomicFiles.Body> bodies = layout == FileLayout.IDX ? idx() : records();
    for (int i = 0; i < files.size(); i++) {
      AtomicFiles.write(files.get(i), bodies.get(i));
    }
    return files;
  }

  /**
   * Writes the first test images as PNG files, {@code 0-7.png} for number 0 with the label 7, in
   * place of older ones.
   *
   * @param count most images to write
   */
  public List<Path> writeImages(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < Math.min(count, data.test().count()); i++) {
      Path file = folder.resolve(i + "-" + (data.test().labels()[i] & 0xff) + ".png");
      BufferedImage image = image(data.test(), i);
      AtomicFiles.write(file, out -> ImageIO.write(image, "png", out));
      files.add(file);
    }
    return files;
  }

  private static BufferedImage image(ImageSet images, int number) {
    int plane = images.height() * images.width();
    int kind = images.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage image = new BufferedImage(images.width(), images.height(), kind);
    for (int i = 0; i < images.imageSize(); i++) {
      int at = i % plane;
      int value = images.pixels()[number * images.imageSize() + i] & 0xff;
      image.getRaster().setSample(at % images.width(), at / images.width(), i / plane, value);
    }
    return image;
  }

  private List<AtomicFiles.Body> idx() {
    List<AtomicFiles.Body> bodies = new ArrayList<>();
    for (ImageSet part : List.of(data.train(), data.test())) {
      int[] sizes = {part.count(), part.height(), part.width()};
      bodies.add(array(sizes, part.pixels()));
      bodies.add(array(Arrays.copyOf(sizes, 1), part.labels()));
    }
    return bodies;
  }

  private static AtomicFiles.Body array(int[] sizes, byte[] values) {
    return out -> {
      DataOutputStream numbers = new DataOutputStream(out);
      numbers.writeInt(IDX_BYTES | sizes.length);
      for (int size : sizes) {
        numbers.writeInt(size);
      }
      numbers.write(values);
      numbers.flush();
    };
  }

  private List<AtomicFiles.Body> records() {
    List<AtomicFiles.Body> bodies = new ArrayList<>();
    int each = CifarForm.TEN.trainRecords();
    for (int file = 0; file < TRAIN_FILES; file++) {
      bodies.add(records(data.train(), file * each, each));
    }
    bodies.add(records(data.test(), 0, data.test().count()));
    return bodies;
  }

  private static AtomicFiles.Body records(ImageSet images, int first, int count) {
    return out -> {
      int size = images.imageSize();
      for (int i = first; i < first + count; i++) {
        out.write(images.labels()[i]);
        out.write(images.pixels(), i * size, size);
      }
    };
  }
}
