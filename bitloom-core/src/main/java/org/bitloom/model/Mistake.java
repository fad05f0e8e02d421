package org.bitloom.model;

/**
 * One sample that a network took for another class than it has.
 *
 * @param sample number in its data, from 0
 * @param label its class
 * @param answer class it was taken for
 * @param ofLabel probability that the network gave its class, 0..1
 * @param ofAnswer probability that it gave the other one, 0..1
 */
public record Mistake(int sample, int label, int answer, double ofLabel, double ofAnswer) {
  public Mistake {
    if (sample < 0 || label < 0 || answer < 0 || label == answer) {
      throw new IllegalArgumentException(
          "a mistake must have a sample, a label and another answer, got "
              + sample
              + ", "
              + label
              + ", "
              + answer);
    }
    if (!(ofLabel >= 0 && ofLabel <= 1 && ofAnswer >= 0 && ofAnswer <= 1)) {
      throw new IllegalArgumentException(
          "probabilities must be 0..1, got " + ofLabel + " and " + ofAnswer);
    }
  }

  /**
   * Makes one of the scores of a network (softmax).
   *
   * @param scores of all classes, all finite
   */
  public static Mistake of(int sample, int label, int answer, float[] scores) {
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score - scores[answer]);
    }
    double ofLabel = Math.exp(scores[label] - scores[answer]) / sum;
    return new Mistake(sample, label, answer, Math.min(1, ofLabel), Math.min(1, 1 / sum));
  }
}
