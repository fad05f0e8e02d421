package org.bitloom.data;

import java.util.Locale;
import java.util.Optional;
import org.bitloom.images.SixteenBits;
import org.bitloom.images.choice.SampleRange;

/** Tells when images of 16 bits per sample lose what they hold on the way to 0..255. */
final class SixteenBitFindings {
  private static final int LEVELS = 256;

  private SixteenBitFindings() {}

  static Optional<Finding> of(Origin origin) {
    return origin.range().isPresent()
        ? beyond(origin, origin.range().get())
        : lost(origin.train().images() > 0 ? origin.train() : origin.test());
  }

  private static Optional<Finding> lost(SixteenBits used) {
    if (used.levels() >= LEVELS / 2 || used.values() <= used.levels()) {
      return Optional.empty();
    }
    String text =
        String.format(
            Locale.ROOT,
            "%d images have 16 bits per sample and use %d..%d of 0..65535 (%d values%s), of which"
                + " %d %s left after rounding to 8 bits",
            used.images(),
            used.low(),
            used.high(),
            used.values(),
            used.significantBits() == 0 ? "" : "; sBIT says " + used.significantBits() + " bits",
            used.levels(),
            used.levels() == 1 ? "is" : "are");
    return Optional.of(new Finding(Finding.Kind.SIXTEEN_BITS, text, advice(used)));
  }

  /** A few marks in white must not decide the range. */
  private static String advice(SixteenBits used) {
    int usual = used.usualHigh() - used.usualLow();
    return usual > 0 && used.high() - used.low() > 2 * usual
        ? "use them with --range "
            + used.usualLow()
            + ".."
            + used.usualHigh()
            + ", where nearly all values lie"
        : "use them with --range train";
  }

  private static Optional<Finding> beyond(Origin origin, SampleRange range) {
    SixteenBits train = origin.train();
    SixteenBits test = origin.test();
    int low = Math.min(train.low(), test.low());
    int high = Math.max(train.high(), test.high());
    int slack = (range.high() - range.low()) / 10;
    if (low >= range.low() - slack && high <= range.high() + slack) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Finding.Kind.SIXTEEN_BITS,
            String.format(
                Locale.ROOT,
                "images use %d..%d (train %d..%d, test %d..%d), more than the range %s",
                low,
                high,
                train.low(),
                train.high(),
                test.low(),
                test.high(),
                range),
            "what lies outside is black or white; check that train and test are alike"));
  }
}
