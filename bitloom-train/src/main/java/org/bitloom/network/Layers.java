package org.bitloom.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;

/** The layers that the known networks are made of; none has a bias, as in the paper. */
final class Layers {
  private Layers() {}

  static Block dense(int units) {
    return Linear.builder().setUnits(units).optBias(false).build();
  }

  /** Convolves 3x3 with same padding. */
  static Block conv3(int filters, int stride) {
    return conv(filters, 3, stride);
  }

  /** Mixes channels pixel by pixel. */
  static Block conv1(int filters, int stride) {
    return conv(filters, 1, stride);
  }

  private static Block conv(int filters, int side, int stride) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(side, side))
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(side / 2, side / 2))
        .optBias(false)
        .build();
  }

  static Block batchNorm() {
    return BatchNorm.builder().build();
  }

  static Block relu() {
    return Activation.reluBlock();
  }

  /** Halves height and width, rounded down. */
  static Block halve() {
    return Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2));
  }

  /** Averages every channel over all pixels: {@code [batch, channels]}. */
  static Block globalAverage() {
    return Pool.globalAvgPool2dBlock();
  }
}
