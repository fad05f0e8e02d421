package org.bitloom.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bitloom.data.ImageSet;
import org.bitloom.error.FailureException;
import org.bitloom.model.Architecture;
import org.bitloom.model.BitModel;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Normalization;
import org.bitloom.model.Normalization.MeanImage;
import org.bitloom.model.Task;
import org.bitloom.network.Networks;
import org.junit.jupiter.api.Test;

class LoadedNetworkTest {
  private static final int SIDE = 64;
  private static final int WEIGHTS = SIDE * SIDE * 300;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final ImageSet images =
      new ImageSet(new byte[SIDE * SIDE], new byte[1], 1, SIDE, SIDE, 4);

  private LoadedNetwork blank() throws Exception {
    return LoadedNetwork.blank(Networks.open("lenet300"), images);
  }

  /** Returns the tensors of a model for the network. */
  private List<ModelTensor> tensors() throws Exception {
    List<ModelTensor> tensors = new ArrayList<>();
    try (LoadedNetwork network = blank()) {
      network
          .parameters()
          .forEach(
              (name, parameter) -> {
                float[] values = new float[(int) parameter.getArray().size()];
                tensors.add(new FloatTensor(name, ModelTransfer.shape(parameter), values));
              });
    }
    return tensors;
  }

  private BitModel model(List<ModelTensor> tensors) {
    Normalization normalization = new MeanImage(new float[SIDE * SIDE], 1);
    return new BitModel(
        Architecture.opaque("lenet300"),
        new Task(List.of(1, SIDE, SIDE), normalization, 4),
        tensors,
        Map.of());
  }

  @Test
  void aBlankNetworkHoldsNothingDrawn() throws Exception {
    try (LoadedNetwork network = blank()) {
      network
          .parameters()
          .forEach(
              (name, parameter) ->
                  assertThat(parameter.getArray().toFloatArray()).as(name).containsOnly(0));
    }
  }

  @Test
  void aBlankNetworkHasNoStateOfTraining() throws Exception {
    blank().close(); // classes are loaded
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try (LoadedNetwork network = blank()) {
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
          .as("bytes on the heap, a moment takes %d", 4 * WEIGHTS)
          .isLessThan(4 * WEIGHTS / 10);
      assertThat(network.parameters()).isNotEmpty();
    }
  }

  @Test
  void aModelWithoutAParameterDoesNotFit() throws Exception {
    List<ModelTensor> tensors = tensors();
    tensors.remove(0);
    assertMisfit(tensors, "network lenet300 must have 3 parameters, the model has 2");
  }

  @Test
  void aModelWithAParameterOfAnotherShapeDoesNotFit() throws Exception {
    List<ModelTensor> tensors = tensors();
    ModelTensor first = tensors.get(0);
    tensors.set(0, new FloatTensor(first.name(), List.of(2, 3), new float[6]));
    assertMisfit(
        tensors,
        "parameter "
            + first.name()
            + " of lenet300 must have shape [300, 4096], the model has [2, 3]");
  }

  private void assertMisfit(List<ModelTensor> tensors, String message) throws Exception {
    BitModel model = model(tensors);
    try (LoadedNetwork network = blank()) {
      assertThatThrownBy(() -> ModelTransfer.load(model, network))
          .isInstanceOf(FailureException.class)
          .hasMessage(message);
    }
  }
}
