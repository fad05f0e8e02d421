package org.bitloom.bits;

/**
 * Finds the scale a of a tensor that minimizes the sum of (t - a*m)^2, m the magnitude nearest to t
 * / a; t is |w|, or -|w| where the sign of a weight is given and not its own.
 *
 * <p>Given the magnitudes m, the best scale is sum(t*m) / sum(m*m). Where all magnitudes 0..largest
 * can be had, that is a weighted mean of |w| / m whose weights rise with |w|; so the best of all is
 * at least mean / largest. It need not exceed 2*max / largest, since from there on half of it with
 * doubled magnitudes is as good. Where some bits are given, the best lies between mean / largest
 * and 2*max / (worth of the highest bit that is not), or one of these will do. Between these ends
 * the error has many small valleys: a grid finds the wide ones, the scales that divide the largest
 * weight find the narrow valley of weights that were quantized before, and refitting scale and
 * magnitudes in turn walks down to the floor.
 */
final class ScaleSearch {
  private static final int VISITS = 1 << 20; // of weights; an upper limit for small tensors' grids
  private static final int FEWEST_POINTS = 128;
  private static final int MOST_POINTS = 1024;
  private static final int MOST_DIVISORS = 128;
  private static final int ZOOMS = 2;
  private static final int ZOOM_POINTS = 16;
  private static final int MOST_REFITS = 100;

  private final float[] targets;
  private final Magnitudes magnitudes;
  private final double max;
  private final double mean;
  private double least = Float.MIN_VALUE;
  private Fit bestNow;
  private Fit bestRefitted;

  /** What a scale is worth, and what the scale refitted to its magnitudes would be worth. */
  private record Fit(float scale, double error, double refit, double refitError) {}

  private ScaleSearch(float[] targets, Magnitudes magnitudes) {
    this.targets = targets;
    this.magnitudes = magnitudes;
    double top = 0;
    double sum = 0;
    for (float target : targets) {
      top = Math.max(top, Math.abs(target));
      sum += Math.abs(target);
    }
    this.max = top;
    this.mean = sum / targets.length;
  }

  /** Returns the scale for finite weights: above 0, or 0 if every weight is. */
  static float find(float[] weights, int depth) {
    float[] sizes = new float[weights.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(weights[i]);
    }
    Magnitudes all = new Magnitudes.All(SignMagnitude.magnitude(-1, depth));
    ScaleSearch search = new ScaleSearch(sizes, all);
    if (search.max == 0) {
      return 0;
    }
    return depth == 1 ? Math.max(Float.MIN_VALUE, (float) search.mean) : search.run();
  }

  /**
   * Returns the scale where some bits are given: above 0, or 0 if every target is.
   *
   * @param targets finite
   */
  static float around(float[] targets, Magnitudes.Around magnitudes) {
    ScaleSearch search = new ScaleSearch(targets, magnitudes);
    return search.max == 0 ? 0 : search.runAround(magnitudes.worthOfTop());
  }

  private float run() {
    int largest = magnitudes.largest();
    int stride = Math.max(1, largest / (2 * MOST_DIVISORS));
    for (int divisor = largest; divisor > largest / 2; divisor -= stride) {
      consider(max / divisor);
    }
    return between(mean / largest, Math.min(max, 2 * max / largest));
  }

  private float runAround(int worthOfTop) {
    double low = mean / Math.max(1, magnitudes.largest());
    least = low; // where signs are given, less and less would be the best
    return between(low, 2 * max / worthOfTop);
  }

  private float between(double from, double to) {
    double low = from;
    int points = Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, VISITS / targets.length));
    double step = StrictMath.log(to / low) / points;
    grid(low, step, points);
    for (int zoom = 0; zoom < ZOOMS; zoom++) {
      low = bestRefitted.scale * StrictMath.exp(-step);
      step = 2 * step / ZOOM_POINTS;
      grid(low, step, ZOOM_POINTS);
    }
    Fit one = descend(bestNow);
    Fit other = descend(bestRefitted);
    return one.error <= other.error ? one.scale : other.scale;
  }

  private void grid(double low, double step, int points) {
    for (int point = 0; point <= points; point++) {
      consider(low * StrictMath.exp(point * step));
    }
  }

  private void consider(double scale) {
    Fit fit = fit(floatFrom(scale));
    if (bestNow == null || fit.error < bestNow.error) {
      bestNow = fit;
    }
    if (bestRefitted == null || fit.refitError < bestRefitted.refitError) {
      bestRefitted = fit;
    }
  }

  /** Rounds up: a scale just below max / largest would cut off the largest weight. */
  private static float floatFrom(double scale) {
    float near = (float) scale;
    return near >= scale ? near : Math.nextUp(near);
  }

  private Fit descend(Fit from) {
    Fit fit = from;
    for (int i = 0; i < MOST_REFITS; i++) {
      Fit next = fit((float) Math.max(least, fit.refit));
      if (!(next.error < fit.error)) {
        break;
      }
      fit = next;
    }
    return fit;
  }

  private Fit fit(float scale) {
    double inverse = 1.0 / scale;
    double squares = 0;
    double slope = 0;
    double curvature = 0;
    for (int i = 0; i < targets.length; i++) {
      double target = targets[i];
      double magnitude = magnitudes.nearest(i, target * inverse);
      double rest = target - scale * magnitude;
      squares += rest * rest;
      slope += rest * magnitude;
      curvature += magnitude * magnitude;
    }
    if (Float.isInfinite((float) (scale * (double) magnitudes.largest())) && overflows(scale)) {
      return new Fit(scale, Double.POSITIVE_INFINITY, scale, Double.POSITIVE_INFINITY);
    }
    if (curvature == 0) {
      return new Fit(scale, squares, scale, squares);
    }
    double gain = slope * slope / curvature;
    return new Fit(scale, squares, scale + slope / curvature, squares - gain);
  }

  private boolean overflows(float scale) {
    double highest = 0;
    for (int i = 0; i < targets.length; i++) {
      highest = Math.max(highest, magnitudes.nearest(i, targets[i] * (1.0 / scale)));
    }
    return Float.isInfinite((float) (scale * highest));
  }
}
