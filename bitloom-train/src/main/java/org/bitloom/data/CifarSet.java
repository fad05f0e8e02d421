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
import org.bitloom.io.FileKind;
import org.bitloom.io.Sha256;

/**
 * Makes a data set of the binary version of CIFAR-10 or CIFAR-100: files of records, each one or
 * two label bytes, then 1,024 red, 1,024 green and 1,024 blue bytes, row by row.
 */
final class CifarSet {
  static final int SIDE = 32;
  private static final int CHANNELS = 3;
  private static final int PIXELS = CHANNELS * SIDE * SIDE;
  private static final int MOST_CLASSES = 20; // that the first byte of a file can name
  private static final String HINT = "replace the file with an undamaged copy";

  private final CifarForm form;

  CifarSet(CifarForm form) {
    this.form = form;
  }

  /**
   * Images without their number of classes: arrays to be filled file by file.
   *
   * @param labels one array for each label byte of a record
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on at once, compared by nobody
  record Raw(byte[] pixels, byte[][] labels) {
    static Raw of(CifarForm form, int records) {
      return new Raw(new byte[records * PIXELS], new byte[form.labels()][records]);
    }

    ImageSet images(CifarForm form) {
      return new ImageSet(
          pixels, labels[form.labelAt()], CHANNELS, SIDE, SIDE, form.classNames().size());
    }

    void update(MessageDigest digest) {
      for (int record = 0; record < labels[0].length; record++) {
        for (byte[] label : labels) {
          digest.update(label[record]);
        }
        digest.update(pixels, record * PIXELS, PIXELS);
      }
    }
  }

  /** Where the records of a file go, and how many it must have. */
  record Target(Raw raw, int first, int records) {}

  static FileLayout.Loaded read(String name, List<DataFile> sources, CifarForm form)
      throws IOException {
    CifarSet set = new CifarSet(form);
    int last = sources.size() - 1;
    Raw train = Raw.of(form, last * form.trainRecords());
    Raw test = Raw.of(form, CifarForm.TEST_RECORDS);
    List<DataSets.VerifiedFile> files =
        FileLayout.readAll(
            sources.size(),
            i ->
                set.fill(
                    i < last
                        ? new Target(train, i * form.trainRecords(), form.trainRecords())
                        : new Target(test, 0, CifarForm.TEST_RECORDS),
                    sources.get(i)));
    MessageDigest digest = Sha256.digest();
    train.update(digest);
    test.update(digest);
    String sha256 = HexFormat.of().formatHex(digest.digest());
    return new FileLayout.Loaded(
        new DataSet(name, train.images(form), test.images(form), form.classNames(), sha256), files);
  }

  /** Reads a file strictly. */
  DataSets.VerifiedFile fill(Target target, DataFile file) throws IOException {
    MessageDigest digest = Sha256.digest();
    int record = 0;
    try (BufferedInputStream opened = file.open()) {
      checkKind(file, DataFile.start(opened));
      InputStream in = new DigestInputStream(opened, digest);
      for (; record < target.records(); record++) {
        read(in, target, record, file);
      }
      if (in.read() >= 0) {
        throw length(file, target, "more");
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

  /** The first byte of a good file is a label; what other kinds of files begin with is none. */
  private static void checkKind(DataFile file, byte[] start) {
    FileKind kind = FileKind.of(start);
    boolean label = start.length > 0 && (start[0] & 0xFF) < MOST_CLASSES;
    if (!label && kind != FileKind.UNKNOWN && kind != FileKind.EMPTY) {
      throw new FailureException(
          file.location() + ": file must be of CIFAR's binary version, found " + kind.title(),
          kind.advice());
    }
  }

  private void read(InputStream in, Target target, int record, DataFile file) throws IOException {
    int width = form.labels() + PIXELS;
    byte[] labels = in.readNBytes(form.labels());
    int at = (target.first() + record) * PIXELS;
    int got = labels.length < form.labels() ? 0 : in.readNBytes(target.raw().pixels(), at, PIXELS);
    if (got < PIXELS) {
      throw length(file, target, (long) record * width + labels.length + got + " bytes");
    }
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] & 0xFF) >= form.values(i)) {
        throw new FailureException(
            String.format(
                Locale.ROOT,
                "%s: label at byte %d must be 0..%d, found %d",
                file.location(),
                record * width + i,
                form.values(i) - 1,
                labels[i] & 0xFF),
            HINT);
      }
      target.raw().labels()[i][target.first() + record] = labels[i];
    }
  }

  private FailureException length(DataFile file, Target target, String found) {
    int width = form.labels() + PIXELS;
    return new FailureException(
        String.format(
            Locale.ROOT,
            "%s: length must be %d bytes, %d records of %d, found %s",
            file.location(),
            target.records() * width,
            target.records(),
            width,
            found),
        HINT);
  }
}
