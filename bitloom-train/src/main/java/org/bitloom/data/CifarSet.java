package org.bitloom.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipException;
import org.bitloom.error.FailureException;
import org.bitloom.io.Sha256;

/**
 * Makes a data set of CIFAR-10's binary version: files of 10,000 records, each a label byte, then
 * 1,024 red, 1,024 green and 1,024 blue bytes, row by row.
 */
final class CifarSet {
  private static final int SIDE = 32;
  private static final int CHANNELS = 3;
  private static final int PIXELS = CHANNELS * SIDE * SIDE;
  private static final int RECORDS = 10_000;
  private static final List<String> CLASSES = KnownSet.CIFAR10.classNames();
  private static final String HINT = "replace the file with an undamaged copy";

  private CifarSet() {}

  /** Images without their number of classes: arrays to be filled file by file. */
  @SuppressWarnings("ArrayRecordComponent") // passed on at once, compared by nobody
  private record Raw(byte[] pixels, byte[] labels) {
    static Raw of(int files) {
      return new Raw(new byte[files * RECORDS * PIXELS], new byte[files * RECORDS]);
    }

    ImageSet images() {
      return new ImageSet(pixels, labels, CHANNELS, SIDE, SIDE, CLASSES.size());
    }

    void update(MessageDigest digest) {
      for (int record = 0; record < labels.length; record++) {
        digest.update(labels[record]);
        digest.update(pixels, record * PIXELS, PIXELS);
      }
    }
  }

  static FileLayout.Loaded read(String name, List<DataFile> sources) throws IOException {
    int last = sources.size() - 1;
    Raw train = Raw.of(last);
    Raw test = Raw.of(1);
    List<DataSets.VerifiedFile> files =
        FileLayout.readAll(
            sources.size(),
            i ->
                i < last
                    ? fill(train, i * RECORDS, sources.get(i))
                    : fill(test, 0, sources.get(i)));
    MessageDigest digest = Sha256.digest();
    train.update(digest);
    test.update(digest);
    String sha256 = HexFormat.of().formatHex(digest.digest());
    return new FileLayout.Loaded(
        new DataSet(name, train.images(), test.images(), CLASSES, sha256), files);
  }

  /** Reads a file into the records from {@code first} on. */
  private static DataSets.VerifiedFile fill(Raw raw, int first, DataFile file) throws IOException {
    MessageDigest digest = Sha256.digest();
    int record = 0;
    try (InputStream in = new DigestInputStream(new BufferedInputStream(file.open()), digest)) {
      for (; record < RECORDS; record++) {
        int label = in.read();
        int at = (first + record) * PIXELS;
        int got = label < 0 ? 0 : in.readNBytes(raw.pixels(), at, PIXELS);
        if (got < PIXELS) {
          throw length(file, (long) record * (PIXELS + 1) + (label < 0 ? 0 : 1 + got) + " bytes");
        }
        checkLabel(file, record, label);
        raw.labels()[first + record] = (byte) label;
      }
      if (in.read() >= 0) {
        throw length(file, "more");
      }
    } catch (ZipException | EOFException e) {
      throw new FailureException(
          String.format(
              Locale.ROOT,
              "%s: gzip data must be complete, found damage after %d records (%s)",
              file.location(),
              record,
              e.getMessage()),
          HINT);
    }
    return new DataSets.VerifiedFile(file.location(), HexFormat.of().formatHex(digest.digest()));
  }

  private static FailureException length(DataFile file, String found) {
    return new FailureException(
        String.format(
            Locale.ROOT,
            "%s: length must be %d bytes, %d records of %d, found %s",
            file.location(),
            RECORDS * (PIXELS + 1),
            RECORDS,
            PIXELS + 1,
            found),
        HINT);
  }

  private static void checkLabel(DataFile file, int record, int label) {
    if (label >= CLASSES.size()) {
      throw new FailureException(
          String.format(
              Locale.ROOT,
              "%s: label at byte %d must be 0..%d, found %d",
              file.location(),
              record * (PIXELS + 1),
              CLASSES.size() - 1,
              label),
          HINT);
    }
  }
}
