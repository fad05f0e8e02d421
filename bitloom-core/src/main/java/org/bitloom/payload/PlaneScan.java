package org.bitloom.payload;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.model.BitTensor;
import org.bitloom.model.LayerStatistics;
import org.bitloom.model.PlaneStatistics;

/**
 * Tells what an observer sees in one bit-plane.
 *
 * @param bit of the weight, 0 = least significant
 * @param free whether the bit is frozen and may hold a payload
 * @param statistics share of ones and entropy of single bits
 * @param weights bits in the plane
 * @param chiSquare of the plane's bytes against equal frequencies, as standard deviations from what
 *     noise gives; NaN if the plane has too few bytes to say
 * @param correlation share of weights where the next higher bit is equal, less the share where it
 *     differs, -1..1; 0 for the highest bit
 */
public record PlaneScan(
    int bit,
    boolean free,
    PlaneStatistics statistics,
    int weights,
    double chiSquare,
    double correlation) {
  /** Noise goes beyond this once in 16,000 planes. */
  private static final double MAX_DEVIATIONS = 4;

  private static final int VALUES = 256;

  /** With fewer than five expected of each value the test says nothing. */
  private static final int LEAST_BYTES = 5 * VALUES;

  /** Says whether nothing tells the plane from noise. */
  public boolean looksLikeNoise() {
    double unit = 1 / Math.sqrt(weights);
    return Math.abs(2 * statistics.ones() - 1) <= MAX_DEVIATIONS * unit
        && !(Math.abs(chiSquare) > MAX_DEVIATIONS)
        && Math.abs(correlation) <= MAX_DEVIATIONS * unit;
  }

  /**
   * Says whether the plane differs from noise by no more than a plane of first weights does: a
   * training draws none that is zero, so of few magnitude bits more than half are ones, and
   * neighbours differ more often than not.
   *
   * @param magnitudeBits of the weights, 0..31
   */
  public boolean looksLikeFirstWeights(int magnitudeBits) {
    double bias = 1.0 / Math.max(1, (1L << magnitudeBits) - 1);
    double slack = MAX_DEVIATIONS / Math.sqrt(weights);
    double ones = 2 * statistics.ones() - 1;
    double lambda = (weights >>> 3) * (Math.pow(1 + bias * bias, Byte.SIZE) - 1);
    double shift = lambda / Math.sqrt(2.0 * (VALUES - 1));
    double spread = MAX_DEVIATIONS * Math.sqrt(1 + 2 * lambda / (VALUES - 1));
    return ones >= -slack
        && ones <= bias + slack
        && !(chiSquare < -MAX_DEVIATIONS || chiSquare > shift + spread)
        && correlation >= -bias - slack
        && correlation <= slack;
  }

  /** Scans all planes of a parameter, least significant first. */
  public static List<PlaneScan> of(BitTensor tensor) {
    List<PlaneStatistics> statistics = LayerStatistics.of(tensor).planes();
    long[][] planes = planes(tensor);
    List<PlaneScan> scans = new ArrayList<>();
    for (int bit = 0; bit < planes.length; bit++) {
      boolean last = bit == planes.length - 1;
      scans.add(
          new PlaneScan(
              bit,
              !tensor.layout().isTrained(bit),
              statistics.get(bit),
              tensor.size(),
              chiSquare(planes[bit], tensor.size() >>> 3),
              last ? 0 : correlation(planes[bit], planes[bit + 1], tensor.size())));
    }
    return scans;
  }

  private static long[][] planes(BitTensor tensor) {
    int depth = tensor.layout().depth();
    long[][] planes = new long[depth][(tensor.size() + 63) >>> 6];
    int[] codes = new int[BitTiles.WEIGHTS];
    long[] tile = new long[BitTiles.PLANES];
    for (int from = 0; from < tensor.size(); from += BitTiles.WEIGHTS) {
      int count = Math.min(BitTiles.WEIGHTS, tensor.size() - from);
      tensor.copyCodes(from, codes, count);
      BitTiles.load(codes, count, tile);
      BitTiles.toPlanes(tile, depth);
      for (int bit = 0; bit < planes.length; bit++) {
        planes[bit][from >>> 6] = tile[bit];
      }
    }
    return planes;
  }

  private static double chiSquare(long[] plane, int bytes) {
    if (bytes < LEAST_BYTES) {
      return Double.NaN;
    }
    long[] counts = new long[VALUES];
    for (int i = 0; i < bytes; i++) {
      counts[(int) (plane[i >>> 3] >>> (8 * (i & 7))) & 0xFF]++;
    }
    double expected = (double) bytes / VALUES;
    double sum = 0;
    for (long count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return (sum - (VALUES - 1)) / Math.sqrt(2.0 * (VALUES - 1));
  }

  /** Returns the share of equal bits less that of different ones. */
  private static double correlation(long[] plane, long[] next, int size) {
    long different = 0;
    for (int i = 0; i < plane.length; i++) {
      different += Long.bitCount(plane[i] ^ next[i]);
    }
    return 1 - 2.0 * different / size;
  }
}
