package org.bitloom.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** How a module takes a batch of images. */
enum InputForm {
  /** As {@code [batch, channels, height, width]}. */
  IMAGES,
  /** As {@code [batch, channels * height * width]}. */
  ROWS;

  /** Returns a batch of images in this form; owned by the manager of the images. */
  NDArray of(NDArray images) {
    Shape shape = images.getShape();
    return this == IMAGES ? images : images.reshape(shape.get(0), shape.slice(1).size());
  }
}
