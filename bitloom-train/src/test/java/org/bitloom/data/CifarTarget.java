package org.bitloom.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.error.FailureException;
import org.bitloom.testkit.fuzz.FuzzTarget;

/** Files of two records, plain and gzipped, in the forms of CIFAR-10 and of CIFAR-100. */
final class CifarTarget implements FuzzTarget {
  private static final int PIXELS = 3072;
  private static final int RECORDS = 2;

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int labels : new int[] {1, 2}) {
      byte[] file = new byte[RECORDS * (labels + PIXELS)];
      file[0] = 7;
      seeds.add(file);
      seeds.add(IdxBytes.gzip(file));
    }
    return seeds;
  }

  @Override
  public boolean read(byte[] input) throws IOException {
    boolean read = false;
    for (CifarForm form : CifarForm.values()) {
      read |= isRead(input, form);
    }
    return read;
  }

  private static boolean isRead(byte[] input, CifarForm form) throws IOException {
    DataFile file = new DataFile("fuzz", () -> new ByteArrayInputStream(input));
    CifarSet.Raw raw = CifarSet.Raw.of(form, RECORDS);
    try {
      new CifarSet(form).fill(new CifarSet.Target(raw, 0, RECORDS), file);
    } catch (FailureException e) {
      return false;
    }
    byte[] classes = raw.labels()[form.labelAt()];
    for (byte label : classes) {
      if (label < 0 || label >= form.classNames().size()) {
        throw new AssertionError("label must be one of the classes, is " + label);
      }
    }
    return true;
  }
}
