package org.bitloom.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bitloom.graph.Graph;
import org.bitloom.graph.Role;

/**
 * Holds a trained network: everything needed to run it and to say where it came from.
 *
 * @param architecture which network it is, with its graph unless it is opaque
 * @param task what goes in, and which classes come out
 * @param tensors all parameters in layer order, at least one, no name twice; if there is a graph,
 *     exactly its parameters in its order
 * @param provenance facts about the training in the order given; no dates and no timings, so that
 *     the same run gives the same bytes
 * @param inner network whose bit strings are the low bits of this one's; with everything else it
 *     needs, so that it can run alone
 */
public record BitModel(
    Architecture architecture,
    Task task,
    List<ModelTensor> tensors,
    Map<String, String> provenance,
    Optional<BitModel> inner) {

  public BitModel {
    tensors = List.copyOf(tensors);
    checkNames(tensors);
    architecture.check(task, tensors);
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    if (inner.isPresent()) {
      Nesting.check(tensors, inner.get());
    }
  }

  /** Holds one network only. */
  public BitModel(
      Architecture architecture,
      Task task,
      List<ModelTensor> tensors,
      Map<String, String> provenance) {
    this(architecture, task, tensors, provenance, Optional.empty());
  }

  /** Returns the name of the network, such as {@code lenet300}. */
  public String network() {
    return architecture.name();
  }

  /** Returns what the network computes; empty = it is opaque. */
  public Optional<Graph> graph() {
    return architecture.graph();
  }

  /** Returns the shape of one sample, such as {@code [1, 28, 28]}. */
  public List<Integer> inputShape() {
    return task.inputShape();
  }

  /** Returns the number of outputs. */
  public int classes() {
    return task.classes();
  }

  /** Returns the names of the classes in the order of the outputs; empty = not known. */
  public List<String> classNames() {
    return task.classNames();
  }

  /** Returns the way from raw pixels to input. */
  public Normalization normalization() {
    return task.normalization();
  }

  /**
   * Says whether one of the tensors holds weights of a layer, as its graph says. An opaque network
   * does not say it: there, bit strings are, and floats of two or more dimensions.
   */
  public boolean isWeight(ModelTensor tensor) {
    return graph().isPresent()
        ? graph().get().parameter(tensor.name()).role() == Role.WEIGHT
        : tensor instanceof BitTensor || tensor.shape().size() >= 2;
  }

  /** Returns the same model with other tensors; a nested network is read from their low bits. */
  public BitModel with(List<ModelTensor> others) {
    BitModel alone = new BitModel(architecture, task, others, provenance);
    return inner.isEmpty() ? alone : alone.around(Nesting.read(others, inner.get()));
  }

  /**
   * Returns this network with {@code nested} in its low bits, which must be there already.
   *
   * @throws IllegalArgumentException if they are not
   */
  public BitModel around(BitModel nested) {
    return new BitModel(architecture, task, tensors, provenance, Optional.of(nested));
  }

  /** Returns this network without the one in its low bits. */
  public BitModel alone() {
    return new BitModel(architecture, task, tensors, provenance);
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
