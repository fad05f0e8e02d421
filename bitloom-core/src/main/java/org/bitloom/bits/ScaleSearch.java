package org.bitloom.bits;

/**
 * Finds the scale a of a tensor that minimizes the sum of (|w| - a*m)^2, m = |w| / a rounded to
 * 0..largest.
 *
 * <p>Given the magnitudes m, the best scale is sum(|w|*m) / sum(m*m), a weighted mean of |w| / m
 * whose weights rise with |w|; so the best of all is at least mean / largest. It need not exceed
 * 2*max / largest, since from there on half of it with doubled magnitudes is as good. Between these
 * ends the error has many small valleys: a grid finds the wide ones, the scales that divide the
 * largest weight find the narrow valley of weights that were quantized before, and refitting scale
 * and magnitudes in turn walks down to the floor.
 */
final class ScaleSearch {
  private static final int VISITS = 1 << 20; // of weights; an upper limit for small tensors' grids
  private static final int FEWEST_POINTS = 128;
  private static final int MOST_POINTS = 1024;
  private static final int MOST_DIVISORS = 128;
  private static final int ZOOMS = 2;
  private static final int ZOOM_POINTS = 16;
  private static final int MOST_REFITS = 100;

  private final float[] weights;
  private final int largest;
  private final double max;
  private final double mean;
  private Fit bestNow;
  private Fit bestRefitted;

  /** What a scale is worth, and what the scale refitted to its magnitudes would be worth. */
  private record Fit(float scale, double error, double refit, double refitError) {}

  private ScaleSearch(float[] weights, int largest) {
    this.weights = weights;
    this.largest = largest;
    double top = 0;
    double sum = 0;
    for (float weight : weights) {
      top = Math.max(top, Math.abs(weight));
      sum += Math.abs(weight);
    }
    this.max = top;
    this.mean = sum / weights.length;
  }

  /** Returns the scale for finite weights: above 0, or 0 if every weight is. */
  static float find(float[] weights, int depth) {
    ScaleSearch search = new ScaleSearch(weights, SignMagnitude.magnitude(-1, depth));
    if (search.max == 0) {
      return 0;
    }
    return depth == 1 ? Math.max(Float.MIN_VALUE, (float) search.mean) : search.run();
  }

  private float run() {
    int stride = Math.max(1, largest / (2 * MOST_DIVISORS));
    for (int divisor = largest; divisor > largest / 2; divisor -= stride) {
      consider(max / divisor);
    }
    double low = mean / largest;
    double high = Math.min(max, 2 * max / largest);
    int points = Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, VISITS / weights.length));
    double step = StrictMath.log(high / low) / points;
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
      Fit next = fit(Math.max(Float.MIN_VALUE, (float) fit.refit));
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
    for (float weight : weights) {
      double size = Math.abs(weight);
      double magnitude = Math.min(largest, Math.rint(size * inverse));
      double rest = size - scale * magnitude;
      squares += rest * rest;
      slope += rest * magnitude;
      curvature += magnitude * magnitude;
    }
    double top = scale * Math.min(largest, Math.rint(max * inverse));
    if (Float.isInfinite((float) top)) {
      return new Fit(scale, Double.POSITIVE_INFINITY, scale, Double.POSITIVE_INFINITY);
    }
    if (curvature == 0) {
      return new Fit(scale, squares, scale, squares);
    }
    double gain = slope * slope / curvature;
    return new Fit(scale, squares, scale + slope / curvature, squares - gain);
  }
}
