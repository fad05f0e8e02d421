package org.bitloom.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitloom.data.ImageSet;
import org.bitloom.error.FailureException;
import org.bitloom.graph.Role;
import org.bitloom.model.FloatTensor;

/**
 * Runs a TorchScript module as a block. Its parameters are the trainable ones of the module, under
 * the module's names; everything else that the module holds are its buffers. A parameter has the
 * type WEIGHT if it becomes bit-wise, else OTHER.
 *
 * <p>DJL's own block for modules believes at first that they are in training mode, which they are
 * not, and takes the types of parameters from any part of their names.
 */
public final class ScriptBlock extends AbstractBlock implements AutoCloseable {
  private final ScriptNetwork network;
  private final ScriptModule module;
  private final InputForm form;
  private final ScriptArchive original;

  /** Takes over a module that was loaded from the network. */
  ScriptBlock(ScriptNetwork network, ScriptModule module, InputForm form) {
    this.network = network;
    this.module = module;
    this.form = form;
    this.original = network.archive();
    for (NDArray array : module.parameters()) {
      ScriptTensor tensor = original.tensors().get(array.getName());
      if (tensor != null && tensor.trainable()) {
        boolean weight = original.role(array.getName()) == Role.WEIGHT;
        addParameter(
            Parameter.builder()
                .setName(array.getName())
                .setType(weight ? Parameter.Type.WEIGHT : Parameter.Type.OTHER)
                .optArray(array)
                .optShape(array.getShape())
                .build());
      }
    }
  }

  /** Finds the form of images that the module takes; see {@link FormTrial#choose}. */
  InputForm chooseForm(ImageSet images) {
    return new FormTrial(module, images, network.name(), original.programs()).choose();
  }

  /** Returns the network that the module came from. */
  public ScriptNetwork network() {
    return network;
  }

  /** Says whether the module holds a tensor of this name that is no parameter of the block. */
  public boolean isBuffer(String name) {
    return original.tensors().containsKey(name) && !parameters.containsKey(name);
  }

  /**
   * Returns the values of the buffers that differ from those of the file the module came from, such
   * as running statistics; bytes as {@link ScriptNetwork#with(Map)} takes them.
   */
  public Map<String, byte[]> changedBuffers() {
    List<String> names = original.tensors().keySet().stream().filter(this::isBuffer).toList();
    Map<String, byte[]> changed = new LinkedHashMap<>();
    if (!names.isEmpty()) {
      ScriptArchive now = ScriptArchive.read(module.file());
      for (String name : names) {
        checkSame(name, now.tensors().get(name));
        byte[] values = now.values(name);
        if (!Arrays.equals(values, original.values(name))) {
          changed.put(name, values);
        }
      }
    }
    return changed;
  }

  private void checkSame(String name, ScriptTensor now) {
    ScriptTensor before = original.tensors().get(name);
    if (now == null || !now.shape().equals(before.shape()) || !now.type().equals(before.type())) {
      throw new FailureException(
          String.format(
              Locale.ROOT,
              "buffers of a network must keep their type and shape, %s was %s %s, is %s",
              name,
              before.type(),
              before.shape(),
              now == null ? "gone" : now.type() + " " + now.shape()),
          "change the module: such state cannot be saved");
    }
  }

  /** Returns those of the changed buffers that are floats, for a model. */
  public List<FloatTensor> floatBuffers() {
    List<FloatTensor> tensors = new ArrayList<>();
    changedBuffers()
        .forEach(
            (name, bytes) -> {
              ScriptTensor tensor = original.tensors().get(name);
              if (tensor.isFloat()) {
                float[] values = new float[bytes.length / Float.BYTES];
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
                tensors.add(new FloatTensor(name, tensor.shape(), values));
              }
            });
    return tensors;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return module.run(form.of(inputs.singletonOrThrow()), training);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    try (NDManager scope = module.manager().newSubManager()) {
      return module.run(form.of(scope.zeros(inputShapes[0])), false).getShapes();
    }
  }

  @Override
  public void close() {
    module.close();
  }
}
