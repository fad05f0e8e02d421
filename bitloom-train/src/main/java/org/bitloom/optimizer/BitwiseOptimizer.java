package org.bitloom.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.ParameterTracker;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.FrozenBits;
import org.bitloom.bits.LayerRule;
import org.bitloom.error.UsageException;
import org.bitloom.update.BitwiseParameter;
import org.bitloom.update.Method;
import org.bitloom.update.TrainedParameter;
import org.bitloom.update.UpdateRule;
import org.bitloom.update.kernel.KernelChoice;
import org.bitloom.update.kernel.Workers;

/**
 * Trains the weights of any DJL block bit by bit, and everything else as ordinary floats.
 *
 * <p>Weights of two or more dimensions are bit-wise; biases and batch norm are moved by the same
 * method on floats. Works on the PyTorch engine on the CPU. {@link #attach} gives every weight its
 * initial bits before the first forward pass and names its random stream. Without it, the first
 * step of each weight does, seeded by the values it was initialized with, and drops the gradient,
 * which belonged to those.
 *
 * @see <a href="https://arxiv.org/abs/2202.09571">Bit-wise Training of Neural Network Weights</a>
 */
public final class BitwiseOptimizer extends Optimizer implements AutoCloseable {
  private final BitwiseParameter.Training training;
  private final List<LayerRule> layers;
  private final boolean floatWeights;
  private final ParameterTracker rate;
  private final FirstStates firstStates;
  private final Workers workers;
  private final Map<String, TrainedParameter> states = new HashMap<>();
  private long updateNanos;

  private BitwiseOptimizer(Builder settings) {
    super(settings);
    if (rescaleGrad != 1 || clipGrad > 0 || getWeightDecay() > 0) {
      throw new IllegalArgumentException(
          "gradient rescaling, clipping and weight decay must be off: bits have no size to decay;"
              + " scale the loss instead");
    }
    this.training = settings.training();
    this.layers = List.copyOf(settings.layers);
    this.floatWeights = settings.floatWeights;
    this.rate = settings.rate;
    this.firstStates =
        new FirstStates(
            settings.method, KernelChoice.chosen(), settings.seed, settings.fromWeights);
    this.workers = new Workers(settings.threads);
  }

  /** Starts with depth 6, mask top3, rule coupled, Adam at 9e-4. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Gives every weight of an initialized block its initial bits, before the first forward pass.
   *
   * @return the state of each trained parameter, in the order of the block
   * @throws UsageException if a layer rule fits no weight of the block
   */
  public List<TrainedParameter> attach(Block block) {
    List<TrainedParameter> attached = new ArrayList<>();
    List<String> weights =
        block.getParameters().stream()
            .filter(named -> isWeight(named.getValue()))
            .map(Pair::getKey)
            .toList();
    LayerRule.checkFit(layers, weights);
    for (Pair<String, Parameter> named : block.getParameters()) {
      Parameter parameter = named.getValue();
      if (parameter.requiresGradient()) {
        String name = named.getKey();
        Optional<BitwiseParameter.Training> own =
            isWeight(parameter) ? training(name, weights) : Optional.empty();
        TrainedParameter state = firstStates.create(name, parameter.getArray(), own);
        states.put(parameter.getId(), state);
        attached.add(state);
        if (state instanceof BitwiseParameter bits) {
          bits.weights(EngineMemory.floats(parameter.getArray()), workers);
        }
      }
    }
    return attached;
  }

  private static boolean isWeight(Parameter parameter) {
    return parameter.requiresGradient()
        && parameter.getType() == Parameter.Type.WEIGHT
        && parameter.getArray().getShape().dimension() >= 2;
  }

  /** Returns how a weight is trained; empty = as floats. */
  private Optional<BitwiseParameter.Training> training(String name, List<String> weights) {
    if (floatWeights) {
      return Optional.empty();
    }
    Optional<BitwiseParameter.Training> own = Optional.of(training);
    for (LayerRule rule : layers) {
      if (rule.fits(name, weights)) {
        own = rule.layout().map(training::with);
      }
    }
    return own;
  }

  @Override
  public void update(String parameterId, NDArray weight, NDArray gradient) {
    move(parameterId, weight, gradient);
    // nobody else does: gradients would add up over the steps
    JniUtils.zeroGrad((PtNDArray) weight);
  }

  /** Updates a parameter by a gradient that ends with the step. */
  void move(String parameterId, NDArray weight, NDArray gradient) {
    long begin = System.nanoTime();
    TrainedParameter state = states.get(parameterId);
    if (state == null) {
      adopt(parameterId, weight, gradient);
    } else {
      step(state, weight, gradient);
    }
    updateNanos += System.nanoTime() - begin;
  }

  /** Takes over a parameter that was never attached. */
  private void adopt(String parameterId, NDArray weight, NDArray gradient) {
    if (!layers.isEmpty() || training.frozenBits() != FrozenBits.DRAWN) {
      throw new IllegalStateException(
          "layer rules and given frozen bits need the names of the weights; call attach(block)"
              + " before training");
    }
    boolean bitwise = !floatWeights && weight.getShape().dimension() >= 2;
    String name = "of shape " + weight.getShape();
    EngineMemory.check(name, weight);
    name += " and initial values " + Integer.toHexString(Arrays.hashCode(weight.toFloatArray()));
    TrainedParameter state =
        firstStates.create(name, weight, bitwise ? Optional.of(training) : Optional.empty());
    states.put(parameterId, state);
    if (state instanceof BitwiseParameter bits) {
      bits.weights(EngineMemory.floats(weight), workers);
    } else {
      step(state, weight, gradient);
    }
  }

  private void step(TrainedParameter state, NDArray weight, NDArray gradient) {
    int number = Math.toIntExact(state.steps() + 1);
    float now = rate.getNewValue(state.name(), number);
    state.step(EngineMemory.floats(gradient), EngineMemory.floats(weight), now, workers);
  }

  /** Returns the threads that share the update, for other work on the same parameters. */
  public Workers workers() {
    return workers;
  }

  /** Returns the time spent moving parameters since the optimizer was built. */
  public long updateNanos() {
    return updateNanos;
  }

  /** Ends the threads of the update. */
  @Override
  public void close() {
    workers.close();
  }

  /** Collects the settings of a {@link BitwiseOptimizer}. */
  public static final class Builder extends OptimizerBuilder<Builder> {
    private int depth = 6;
    private BitMask mask = BitMask.top(3);
    private UpdateRule rule = UpdateRule.COUPLED;
    private Method method = Method.adam();
    private double drift;
    private boolean floatWeights;
    private boolean fromWeights;
    private FrozenBits frozenBits = FrozenBits.DRAWN;
    private final List<LayerRule> layers = new ArrayList<>();
    private ParameterTracker rate = Tracker.fixed(9e-4f);
    private long seed = 1;
    private int threads = Runtime.getRuntime().availableProcessors();

    private Builder() {}

    /** Sets the bits per weight, sign included; 1..32. */
    public Builder bits(int bits) {
      this.depth = bits;
      return this;
    }

    /** Sets which bits are trained; must fit the depth. */
    public Builder mask(BitMask trained) {
      this.mask = trained;
      return this;
    }

    /** Sets how the latents of one weight move. */
    public Builder rule(UpdateRule updateRule) {
      this.rule = updateRule;
      return this;
    }

    /** Sets the method that moves latents and float parameters. */
    public Builder method(Method optimizer) {
      this.method = optimizer;
      return this;
    }

    /** Sets the pull of magnitude latents towards zero weights; 0 or more, 0 = the paper. */
    public Builder drift(double pull) {
      this.drift = pull;
      return this;
    }

    /**
     * Adds a rule for single layers; of several that fit a weight the last counts. Needs {@link
     * BitwiseOptimizer#attach}.
     */
    public Builder layer(LayerRule layer) {
      layers.add(layer);
      return this;
    }

    /** Trains all weights as floats: the baseline in the same program. */
    public Builder floatWeights() {
      this.floatWeights = true;
      return this;
    }

    /** Starts from the weights that the block holds: the initial bits are theirs, quantized. */
    public Builder fromWeights() {
      this.fromWeights = true;
      return this;
    }

    /** Sets what frozen bits hold in place of noise. Needs {@link BitwiseOptimizer#attach}. */
    public Builder frozen(FrozenBits source) {
      this.frozenBits = source;
      return this;
    }

    /** Sets the learning rate by parameter name and step of the parameter, 1 = the first. */
    public Builder learningRate(ParameterTracker tracker) {
      this.rate = tracker;
      return this;
    }

    /** Sets a constant learning rate. */
    public Builder learningRate(float constant) {
      return learningRate(Tracker.fixed(constant));
    }

    /** Sets the seed of the initial bits. */
    public Builder seed(long initial) {
      this.seed = initial;
      return this;
    }

    /** Sets the number of threads of the update; does not change results. */
    public Builder threads(int count) {
      this.threads = count;
      return this;
    }

    private BitwiseParameter.Training training() {
      return new BitwiseParameter.Training(mask.at(depth), rule, method, drift, frozenBits);
    }

    @Override
    protected Builder self() {
      return this;
    }

    /**
     * Builds the optimizer.
     *
     * @throws IllegalArgumentException if the settings do not fit together
     */
    public BitwiseOptimizer build() {
      return new BitwiseOptimizer(this);
    }
  }
}
