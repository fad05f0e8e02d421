package org.bitloom.data;

import java.nio.file.Path;

/**
 * Which labels of a set are meant that has two of them per image, told at the end of its name:
 * {@code FOLDER:coarse} or {@code FOLDER:fine}.
 *
 * @param folder without the ending
 * @param coarse whether the coarse labels are meant
 * @param given whether the name has an ending
 */
record LabelChoice(Path folder, boolean coarse, boolean given) {
  private static final String COARSE = ":coarse";
  private static final String FINE = ":fine";

  static LabelChoice of(String name) {
    for (String ending : new String[] {COARSE, FINE}) {
      if (name.endsWith(ending)) {
        Path folder = Path.of(name.substring(0, name.length() - ending.length()));
        return new LabelChoice(folder, ending.equals(COARSE), true);
      }
    }
    return new LabelChoice(Path.of(name), false, false);
  }

  /** Returns how CIFAR-100 is read. */
  CifarForm form() {
    return coarse ? CifarForm.COARSE : CifarForm.FINE;
  }
}
