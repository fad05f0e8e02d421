package org.bitloom.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a trained network: everything needed to run it and to say where it came from.
 *
 * @param network name of the architecture, such as {@code lenet300}; not empty
 * @param inputShape of one sample, such as {@code [1, 28, 28]}; each dimension at least 1
 * @param classes outputs of the network, at least 1
 * @param normalization from raw pixels to input; one mean value per input element
 * @param tensors all parameters in layer order, at least one, no name twice
 * @param provenance facts about the training in the order given; no dates and no timings, so that
 *     the same run gives the same bytes
 * @param inner network whose bit strings are the low bits of this one's; with everything else it
 *     needs, so that it can run alone
 */
public record BitModel(
    String network,
    List<Integer> inputShape,
    int classes,
    Normalization normalization,
    List<ModelTensor> tensors,
    Map<String, String> provenance,
    Optional<BitModel> inner) {

  public BitModel {
    if (network.isEmpty()) {
      throw new IllegalArgumentException("name of the network must not be empty");
    }
    inputShape = Shapes.check("input mean", inputShape, normalization.size());
    if (classes < 1) {
      throw new IllegalArgumentException("classes must be at least 1, got " + classes);
    }
    tensors = List.copyOf(tensors);
    checkNames(tensors);
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    if (inner.isPresent()) {
      Nesting.check(tensors, inner.get());
    }
  }

  /** Holds one network only. */
  public BitModel(
      String network,
      List<Integer> inputShape,
      int classes,
      Normalization normalization,
      List<ModelTensor> tensors,
      Map<String, String> provenance) {
    this(network, inputShape, classes, normalization, tensors, provenance, Optional.empty());
  }

  /** Returns the same model with other tensors; a nested network is read from their low bits. */
  public BitModel with(List<ModelTensor> others) {
    BitModel alone = new BitModel(network, inputShape, classes, normalization, others, provenance);
    return inner.isEmpty() ? alone : alone.around(Nesting.read(others, inner.get()));
  }

  /**
   * Returns this network with {@code nested} in its low bits, which must be there already.
   *
   * @throws IllegalArgumentException if they are not
   */
  public BitModel around(BitModel nested) {
    return new BitModel(
        network, inputShape, classes, normalization, tensors, provenance, Optional.of(nested));
  }

  /** Returns this network without the one in its low bits. */
  public BitModel alone() {
    return new BitModel(network, inputShape, classes, normalization, tensors, provenance);
  }

  private static void checkNames(List<ModelTensor> tensors) {
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException("model must have at least one tensor, got none");
    }
    Set<String> names = new HashSet<>();
    for (ModelTensor tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw new IllegalArgumentException(
            "names of the tensors must differ, got " + tensor.name() + " twice");
      }
    }
  }
}
