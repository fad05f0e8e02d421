package org.bitloom.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** How many samples every class has in both parts of a data set. */
final class ClassSizes {
  /** The largest class has so many times the samples of the smallest. */
  private static final int MUCH_LARGER = 10;

  /** Whoever always names the same class is right as often as this. */
  private static final double NEARLY_ALL = 0.75;

  private final List<String> names;
  private final int[] train;
  private final int[] test;

  private ClassSizes(List<String> names, int[] train, int[] test) {
    this.names = names;
    this.train = train;
    this.test = test;
  }

  static ClassSizes of(DataSet data) {
    return new ClassSizes(data.classNames(), count(data.train()), count(data.test()));
  }

  private static int[] count(ImageSet images) {
    int[] counts = new int[images.classes()];
    for (byte label : images.labels()) {
      counts[label & 0xff]++;
    }
    return counts;
  }

  /** Tells of classes without samples to train on, and of those without any to test. */
  List<Finding> empty() {
    List<Finding> findings = new ArrayList<>();
    BitSet untrained = places(i -> train[i] == 0);
    if (!untrained.isEmpty()) {
      findings.add(
          finding(
              String.format(
                  Locale.ROOT,
                  "%d of %d classes never occur in train: %s%s",
                  untrained.cardinality(),
                  names.size(),
                  ranges(untrained),
                  largest()),
              "number the classes from 0 without gaps, or check the largest label: every class is"
                  + " an output of the network"));
    }
    BitSet untested = places(i -> test[i] == 0 && train[i] > 0);
    if (!untested.isEmpty()) {
      findings.add(
          finding(
              String.format(
                  Locale.ROOT,
                  "%d of %d classes occur in train but never in test: %s",
                  untested.cardinality(),
                  names.size(),
                  ranges(untested)),
              "test them too: the accuracy says nothing of them"));
    }
    return findings;
  }

  private static Finding finding(String text, String advice) {
    return new Finding(Finding.Kind.EMPTY_CLASSES, text, advice);
  }

  private String largest() {
    int last = train.length - 1;
    return train[last] == 0
        ? ""
        : String.format(
            Locale.ROOT, " (the largest label, %d, occurs %d times)", last, train[last]);
  }

  private BitSet places(IntPredicate wanted) {
    BitSet places = new BitSet();
    IntStream.range(0, names.size()).filter(wanted).forEach(places::set);
    return places;
  }

  /** Names classes; those that follow each other as {@code 11..254}. */
  private String ranges(BitSet places) {
    List<String> words = new ArrayList<>();
    for (int from = places.nextSetBit(0); from >= 0; ) {
      int to = places.nextClearBit(from) - 1;
      words.add(from == to ? names.get(from) : names.get(from) + ".." + names.get(to));
      from = places.nextSetBit(to + 1);
    }
    return words.size() > MUCH_LARGER
        ? String.join(", ", words.subList(0, MUCH_LARGER)) + " and more"
        : String.join(", ", words);
  }

  /** Tells of classes that differ so much in size that accuracy alone misleads. */
  Optional<Finding> imbalance() {
    int most = place(train, true);
    int least = place(train, false);
    int tested = place(test, true);
    double guess = (double) test[tested] / Arrays.stream(test).sum();
    if (train[most] < MUCH_LARGER * train[least] && guess < NEARLY_ALL) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Finding.Kind.IMBALANCE,
            String.format(
                Locale.ROOT,
                "classes have from %d (%s) to %d (%s) training images, and who always says %s is"
                    + " right for %.1f %% of the test images",
                train[least],
                names.get(least),
                train[most],
                names.get(most),
                names.get(tested),
                100 * guess),
            "look at the accuracy of every class"));
  }

  /** Returns the largest or the smallest class that occurs. */
  private static int place(int[] counts, boolean largest) {
    int found = -1;
    for (int i = 0; i < counts.length; i++) {
      boolean better =
          found < 0 || (largest ? counts[i] > counts[found] : counts[i] < counts[found]);
      if (counts[i] > 0 && better) {
        found = i;
      }
    }
    return found;
  }
}
