package org.bitloom.infer;

import org.bitloom.bits.SignMagnitude;
import org.bitloom.model.BitTensor;
import org.bitloom.model.ModelTensor;

/**
 * The weights of a layer as numbers that the scale has not been multiplied to: integers, unless the
 * layer was trained with floats.
 *
 * @param numbers in row-major order; integers up to 2^24 are exact
 * @param scale that a sum of them is multiplied with
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record LayerWeights(float[] numbers, float scale) {
  static LayerWeights of(ModelTensor tensor) {
    if (!(tensor instanceof BitTensor bits)) {
      return new LayerWeights(tensor.weights(), 1);
    }
    int depth = bits.layout().depth();
    float[] numbers = new float[bits.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = SignMagnitude.value(bits.code(i), depth);
    }
    return new LayerWeights(numbers, bits.scale());
  }
}
