package org.bitloom.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.tracker.ParameterTracker;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bitloom.bits.BitLayout;
import org.bitloom.bits.DrawnLatents;
import org.bitloom.bits.FrozenChoice;
import org.bitloom.bits.InitialLatents;
import org.bitloom.bits.LatentDeviation;
import org.bitloom.bits.QuantizedLatents;
import org.bitloom.model.BitTensor;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.update.CpuState;
import org.bitloom.update.Method;
import org.bitloom.update.ParameterSpec;
import org.bitloom.update.Training;
import org.bitloom.update.kernel.ThreadTeam;
import org.bitloom.update.kernel.UpdateKernels;

/** Finds the state of a parameter by its id, and moves parameters one by one or all at once. */
final class AttachedNetworks {
  private final Settings settings;
  private final Map<String, Slot> slots = new HashMap<>();

  /**
   * What all networks of an optimizer have in common.
   *
   * @param given what frozen bits hold where initial bits are those of the weights, quantized;
   *     empty = all bits are drawn
   * @param latents how far from zero they begin
   * @param seed of drawn bits
   */
  record Settings(
      Training training,
      Optional<FrozenChoice> given,
      LatentDeviation latents,
      long seed,
      ParameterTracker rate,
      UpdateKernels kernels,
      ThreadTeam team) {}

  /** Where the state of a parameter is found. */
  private record Slot(AttachedNetwork network, int parameter) {}

  AttachedNetworks(Settings settings) {
    this.settings = settings;
  }

  /** Allocates the state of a block and writes the weights that its bits make. */
  CpuState add(List<ParameterSpec> specs, Block block) {
    List<String> ids = new ArrayList<>();
    List<NDArray> arrays = new ArrayList<>();
    for (Pair<String, Parameter> named : LayerPlan.trained(block)) {
      ids.add(named.getValue().getId());
      arrays.add(named.getValue().getArray());
    }
    return add(specs, ids, arrays);
  }

  /**
   * Allocates the state of parameters and writes the weights that their bits make.
   *
   * @param ids of DJL
   * @param arrays the weights, read and replaced
   */
  CpuState add(List<ParameterSpec> specs, List<String> ids, List<NDArray> arrays) {
    Map<String, NDArray> byName = new HashMap<>();
    for (int i = 0; i < specs.size(); i++) {
      byName.put(specs.get(i).name(), arrays.get(i));
    }
    Function<ParameterSpec, InitialLatents> initial =
        spec -> settings.given.isPresent() ? quantized(spec, byName.get(spec.name())) : drawn(spec);
    CpuState state =
        new CpuState(specs, settings.training, initial, settings.kernels, settings.team);
    AttachedNetwork network = new AttachedNetwork(state, settings.rate);
    network.compose(arrays);
    for (int i = 0; i < ids.size(); i++) {
      slots.put(ids.get(i), new Slot(network, i));
    }
    return state;
  }

  private InitialLatents quantized(ParameterSpec spec, NDArray weights) {
    return new QuantizedLatents(
        weights.toFloatArray(), spec.layout().orElseThrow(), spec.fanIn(), settings.latents);
  }

  private InitialLatents drawn(ParameterSpec spec) {
    int depth = spec.layout().orElseThrow().depth();
    return new DrawnLatents(settings.seed, spec.name(), depth, spec.fanIn(), settings.latents);
  }

  Training training() {
    return settings.training;
  }

  float rate(String parameter, long step) {
    return settings.rate.getNewValue(parameter, Math.toIntExact(step));
  }

  /** Says whether there is a state for a parameter. */
  boolean has(String id) {
    return slots.containsKey(id);
  }

  /** Says whether a parameter that has a state is trained as floats. */
  boolean isFloat(String id) {
    Slot slot = slots.get(id);
    return !slot.network.state().parameters().get(slot.parameter).isBitwise();
  }

  /** Returns what the bytes of a training by this optimizer depend on. */
  Map<String, String> provenance() {
    Map<String, String> facts = new LinkedHashMap<>();
    Method method = settings.training.method();
    facts.put("optimizer", method.label());
    if (method instanceof Method.Sgd sgd) {
      facts.put("momentum", Float.toString(sgd.momentum()));
      facts.put("nesterov", Boolean.toString(sgd.nesterov()));
    }
    facts.put("weightDecay", Double.toString(method.weightDecay()));
    facts.put("rule", settings.training.rule().label());
    facts.put("drift", Double.toString(settings.training.drift()));
    settings.training.zeros().ifPresent(zeros -> facts.put("zeros", zeros.share() + ""));
    facts.put("latents", settings.latents.toString());
    settings.given.ifPresent(frozen -> facts.put("fromWeights", frozen.label()));
    facts.put("seed", Long.toString(settings.seed));
    facts.putAll(Platform.facts(settings.team.count(), "cpu"));
    return facts;
  }

  /** Returns a parameter as a value: with its bits if the state has them, else as floats. */
  ModelTensor tensor(String name, Parameter parameter) {
    NDArray array = parameter.getArray();
    List<Integer> shape = BlockWeights.shape(array);
    Slot slot = slots.get(parameter.getId());
    if (slot == null || isFloat(parameter.getId())) {
      return new FloatTensor(name, shape, array.toFloatArray());
    }
    CpuState state = slot.network.state();
    ParameterSpec spec = state.parameters().get(slot.parameter);
    BitLayout layout = spec.layout().orElseThrow();
    return new BitTensor(name, shape, layout, state.scale(spec.name()), state.codes(spec.name()));
  }

  /** Moves one parameter. */
  void move(String id, NDArray weight, NDArray gradient) {
    Slot slot = slots.get(id);
    slot.network.step(slot.parameter, weight, gradient);
  }

  /**
   * Moves all parameters of a network by one call.
   *
   * @return false if the parameters are not those of one network in their order; then nothing moved
   */
  boolean moveTogether(List<Parameter> parameters, List<NDArray> gradients) {
    AttachedNetwork network = whole(parameters);
    if (network != null) {
      network.step(parameters, gradients);
    }
    return network != null;
  }

  /** Returns all parameters of a block in its order, with their bits if they have any. */
  List<ModelTensor> tensors(Block block) {
    List<ModelTensor> tensors = new ArrayList<>();
    for (Pair<String, Parameter> named : block.getParameters()) {
      LayerPlan.requireInitialized(named);
      tensors.add(tensor(named.getKey(), named.getValue()));
    }
    return tensors;
  }

  /** Writes the weights that the bits of a block make into it. */
  void compose(Block block) {
    List<Parameter> parameters = new ArrayList<>();
    LayerPlan.trained(block).forEach(named -> parameters.add(named.getValue()));
    AttachedNetwork network = whole(parameters);
    if (network == null) {
      throw new IllegalStateException("block must be attached, it is not; call attach(block)");
    }
    network.compose(parameters.stream().map(Parameter::getArray).toList());
  }

  private AttachedNetwork whole(List<Parameter> parameters) {
    AttachedNetwork network = null;
    for (int i = 0; i < parameters.size(); i++) {
      Slot slot = slots.get(parameters.get(i).getId());
      if (slot == null || slot.parameter != i || (i > 0 && slot.network != network)) {
        return null;
      }
      network = slot.network;
    }
    boolean whole = network != null && network.state().parameters().size() == parameters.size();
    return whole ? network : null;
  }
}
