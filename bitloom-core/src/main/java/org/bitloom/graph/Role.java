package org.bitloom.graph;

/** What a parameter is to the training: its role, not its shape, decides how it is trained. */
public enum Role {
  /** Weight of a dense layer or a convolution: becomes bit-wise unless told otherwise. */
  WEIGHT,
  /** Bias, or gain and offset of a norm: always trained as floats. */
  FLOAT,
  /** Running mean or variance of a norm: follows the samples, has no gradient. */
  STATISTIC
}
