package org.bitloom.optimizer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.ParameterTracker;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.bits.BitMask;
import org.bitloom.bits.FrozenBits;
import org.bitloom.bits.FrozenChoice;
import org.bitloom.bits.LatentDeviation;
import org.bitloom.bits.LayerRule;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Task;
import org.bitloom.update.Method;
import org.bitloom.update.ParameterSpec;
import org.bitloom.update.StateBackend;
import org.bitloom.update.Training;
import org.bitloom.update.UpdateRule;
import org.bitloom.update.ZeroTarget;
import org.bitloom.update.kernel.KernelChoice;
import org.bitloom.update.kernel.ThreadTeam;
import org.bitloom.update.kernel.UpdateKernels;

/**
 * Trains the weights of any DJL block bit by bit, and everything else as ordinary floats.
 *
 * <p>Weights of dense layers and convolutions are bit-wise; biases, norms and embeddings are moved
 * by the same method on floats. Works on the PyTorch engine on the CPU.
 *
 * <p>{@link #attach} gives every weight its initial bits before the first forward pass and names
 * its random stream. Without it, the first step of each weight gives it its bits, seeded by the
 * values it was initialized with, and drops the gradient, which belonged to those.
 *
 * <p>Long file: the builder has a method for every setting.
 *
 * @see <a href="https://arxiv.org/abs/2202.09571">Bit-wise Training of Neural Network Weights</a>
 */
public final class BitwiseOptimizer extends Optimizer implements AutoCloseable {
  private final LayerPlan plan;
  private final boolean namesNeeded;
  private final ThreadTeam team;
  private final AttachedNetworks networks;
  private long updateNanos;

  private BitwiseOptimizer(Builder settings) {
    super(settings);
    if (rescaleGrad != 1 || clipGrad > 0 || getWeightDecay() > 0) {
      throw new IllegalArgumentException(
          "gradient rescaling, clipping and weight decay must be off: bits have no size to decay;"
              + " scale the loss instead, and give the floats a method withWeightDecay");
    }
    FrozenBits frozen = settings.frozen();
    Training training =
        new Training(settings.rule, settings.method, settings.drift, frozen, settings.zeros);
    this.plan =
        new LayerPlan(settings.mask.at(settings.depth), settings.layers, settings.floatWeights);
    this.namesNeeded = !settings.layers.isEmpty() || frozen != FrozenBits.DRAWN;
    UpdateKernels kernels = KernelChoice.chosen();
    this.team = new ThreadTeam(settings.threads);
    this.networks =
        new AttachedNetworks(
            new AttachedNetworks.Settings(
                training,
                settings.given,
                settings.latents,
                settings.seed,
                settings.rate,
                kernels,
                team));
  }

  /** Starts with depth 6, mask top3, rule coupled, Adam at 9e-4. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Gives every weight of an initialized block its initial bits, before the first forward pass.
   *
   * @return the state of all trained parameters, in the order of the block; its {@link
   *     StateBackend#parameters} tell which became bit-wise
   * @throws IllegalStateException if the block is not initialized
   * @throws org.bitloom.error.UsageException if a layer rule fits no weight of the block
   */
  public StateBackend<?> attach(Block block) {
    return networks.add(plan.of(block), block);
  }

  /** Attaches a block, which stays on the CPU, for training on a device: the state lies there. */
  public DeviceState attach(Block block, Device device) {
    return new DeviceState(networks.add(plan.of(block), block), networks.training(), device);
  }

  /** Returns the learning rate of a parameter in its step {@code step}, 1 = the first. */
  public float rate(String parameter, long step) {
    return networks.rate(parameter, step);
  }

  /**
   * Returns what {@link #attach} would train of an initialized block; allocates no state.
   *
   * @throws IllegalStateException if the block is not initialized
   * @throws org.bitloom.error.UsageException if a layer rule fits no weight of the block
   */
  public List<ParameterSpec> plan(Block block) {
    return plan.of(block);
  }

  /**
   * Writes the weights that the bits of an attached block make into it, after its state was
   * restored.
   *
   * @throws IllegalStateException if the block was not attached
   */
  public void compose(Block block) {
    networks.compose(block);
  }

  /**
   * Returns a trained block as a value that can be written to a file, {@link
   * org.bitloom.io.ModelFile}, and put into a block of its kind again, {@link BlockWeights}.
   *
   * @param architecture name of the network, with its graph if it has one
   * @param task what goes in and comes out; {@link org.bitloom.model.Normalization#none} if inputs
   *     are not normalized
   */
  public BitModel model(Block block, Architecture architecture, Task task) {
    return new BitModel(architecture, task, tensors(block), networks.provenance());
  }

  /**
   * Returns all parameters of a block in its order: bit strings where this optimizer trains them,
   * floats everywhere else, running statistics too.
   */
  public List<ModelTensor> tensors(Block block) {
    return networks.tensors(block);
  }

  @Override
  public void update(String parameterId, NDArray weight, NDArray gradient) {
    long begin = System.nanoTime();
    move(parameterId, weight, gradient);
    updateNanos += System.nanoTime() - begin;
    // nobody else does: gradients would add up over the steps
    JniUtils.zeroGrad((PtNDArray) weight);
  }

  /** Updates parameters by gradients that end with the step, in one call if they are a network. */
  void move(List<Parameter> parameters, List<NDArray> gradients) {
    long begin = System.nanoTime();
    if (!networks.moveTogether(parameters, gradients)) {
      for (int i = 0; i < parameters.size(); i++) {
        Parameter parameter = parameters.get(i);
        move(parameter.getId(), parameter.getArray(), gradients.get(i));
      }
    }
    updateNanos += System.nanoTime() - begin;
  }

  private void move(String parameterId, NDArray weight, NDArray gradient) {
    boolean adopted = !networks.has(parameterId);
    if (adopted) {
      adopt(parameterId, weight);
    }
    boolean gotBits = adopted && !networks.isFloat(parameterId);
    if (!gotBits) { // else the gradient belonged to the weights before
      networks.move(parameterId, weight, gradient);
    }
  }

  /** Takes over a parameter that was never attached. */
  private void adopt(String parameterId, NDArray weight) {
    if (namesNeeded) {
      throw new IllegalStateException(
          "layer rules and given frozen bits need the names of the weights; call attach(block)"
              + " before training");
    }
    networks.add(List.of(plan.of(weight)), List.of(parameterId), List.of(weight));
  }

  /** Returns the time spent moving parameters since the optimizer was built. */
  public long updateNanos() {
    return updateNanos;
  }

  /** Ends the threads of the update. */
  @Override
  public void close() {
    team.close();
  }

  /** Collects the settings of a {@link BitwiseOptimizer}. */
  public static final class Builder extends OptimizerBuilder<Builder> {
    private int depth = 6;
    private BitMask mask = BitMask.top(3);
    private UpdateRule rule = UpdateRule.COUPLED;
    private Method method = Method.adam();
    private double drift;
    private boolean floatWeights;
    private Optional<FrozenChoice> given = Optional.empty();
    private Optional<ZeroTarget> zeros = Optional.empty();
    private LatentDeviation latents = LatentDeviation.PAPER;
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
     * Steers the drift so that a share of the weights is zero, reached halfway and then held.
     *
     * @param share above 0 and below 1
     * @param steps of the whole training, batches times epochs
     */
    public Builder zeros(double share, long steps) {
      this.zeros = Optional.of(new ZeroTarget(share, steps));
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
      return fromWeights(FrozenChoice.ROUNDED);
    }

    /**
     * Starts from the weights that the block holds, with a choice of what frozen bits hold. Trained
     * bits come as near to the weights as they can around noise and around bits of {@link #frozen}.
     * Noise needs {@link BitwiseOptimizer#attach}.
     */
    public Builder fromWeights(FrozenChoice frozen) {
      this.given = Optional.of(frozen);
      return this;
    }

    private FrozenBits frozen() {
      boolean noise = given.filter(choice -> choice == FrozenChoice.NOISE).isPresent();
      return noise ? FrozenBits.noise(seed).then(frozenBits) : frozenBits;
    }

    /** Sets how far from zero latents begin; {@link LatentDeviation#PAPER} without it. */
    public Builder latents(LatentDeviation deviation) {
      this.latents = deviation;
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
