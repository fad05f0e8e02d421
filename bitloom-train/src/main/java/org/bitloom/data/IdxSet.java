package org.bitloom.data;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bitloom.error.FailureException;
import org.bitloom.io.Sha256;

/** Makes a data set of four idx files: training images and labels, test images and labels. */
final class IdxSet {
  private IdxSet() {}

  static FileLayout.Loaded read(String name, List<DataFile> sources, Optional<KnownSet> known)
      throws IOException {
    List<IdxFile> files =
        FileLayout.readAll(sources.size(), i -> IdxFile.read(sources.get(i), i % 2 == 0 ? 3 : 1));
    known.ifPresent(set -> checkSums(set, files));
    String sha256 = known.map(KnownSet::sha256).orElseGet(() -> sha256(files));
    return new FileLayout.Loaded(
        assemble(name, files, known.map(KnownSet::classNames), sha256),
        files.stream()
            .map(file -> new DataSets.VerifiedFile(file.location(), file.sha256()))
            .toList());
  }

  /** Reads images whose rows are stored as columns, and turns them upright. */
  static FileLayout.Loaded readTransposed(String name, List<DataFile> sources) throws IOException {
    FileLayout.Loaded stored = read(name, sources, Optional.empty());
    DataSet data = stored.data();
    DataSet upright =
        new DataSet(
            name,
            transposed(data.train()),
            transposed(data.test()),
            data.classNames(),
            data.sha256());
    return new FileLayout.Loaded(upright, stored.files());
  }

  private static ImageSet transposed(ImageSet images) {
    int rows = images.height();
    int columns = images.width();
    byte[] from = images.pixels();
    byte[] to = new byte[from.length];
    for (int image = 0; image < from.length; image += rows * columns) {
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          to[image + x * rows + y] = from[image + y * columns + x];
        }
      }
    }
    return new ImageSet(to, images.labels(), 1, columns, rows, images.classes());
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
    MessageDigest digest = Sha256.digest();
    for (IdxFile file : files) {
      digest.update(file.header());
      digest.update(file.values());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static DataSet assemble(
      String name, List<IdxFile> files, Optional<List<String>> knownClasses, String sha256) {
    List<String> classNames = knownClasses.orElseGet(() -> DataSet.numbered(classes(files.get(1))));
    int classes = classNames.size();
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
    return new DataSet(name, train, test, classNames, sha256);
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
