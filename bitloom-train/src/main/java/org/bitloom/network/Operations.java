package org.bitloom.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.Map;
import org.bitloom.graph.Add;
import org.bitloom.graph.AveragePool;
import org.bitloom.graph.Convolution;
import org.bitloom.graph.Dense;
import org.bitloom.graph.Extent;
import org.bitloom.graph.Flatten;
import org.bitloom.graph.GlobalAveragePool;
import org.bitloom.graph.MaxPool;
import org.bitloom.graph.Node;
import org.bitloom.graph.Relu;
import org.bitloom.graph.Window;

/** Turns nodes into operations of the engine. */
final class Operations {
  private static final int CHANNELS = 1; // axis, after the batch
  private static final Shape CLOSE = new Shape(1, 1); // dilation

  private final Map<String, Parameter> parameters;

  private Operations(Map<String, Parameter> parameters) {
    this.parameters = parameters;
  }

  /**
   * Returns what a node other than the input computes.
   *
   * @param parameters of the network by name
   */
  static Operation of(Node node, Map<String, Parameter> parameters) {
    return new Operations(parameters).of(node);
  }

  private Operation of(Node node) {
    if (node instanceof Dense dense) {
      return of(dense);
    } else if (node instanceof Convolution convolution) {
      return of(convolution);
    } else if (node instanceof org.bitloom.graph.BatchNorm norm) {
      return of(norm);
    } else if (node instanceof Relu) {
      return (inputs, values) -> Activation.relu(inputs.get(0));
    } else if (node instanceof MaxPool pool) {
      return maximum(pool.window());
    } else if (node instanceof AveragePool pool) {
      return average(pool.window());
    } else if (node instanceof GlobalAveragePool) {
      return (inputs, values) -> Pool.globalAvgPool2d(inputs.get(0));
    } else if (node instanceof Flatten) {
      return (inputs, values) -> Blocks.batchFlatten(inputs.get(0));
    } else if (node instanceof Add) {
      return (inputs, values) -> inputs.stream().reduce(NDArray::add).get();
    }
    throw new IllegalArgumentException("node must be computed from others, got " + node);
  }

  private Parameter parameter(Node node, String what) {
    return parameters.get(node.name() + "." + what);
  }

  private Operation of(Dense dense) {
    Parameter weight = parameter(dense, "weight");
    Parameter bias = parameter(dense, "bias");
    return (inputs, values) ->
        Linear.linear(inputs.get(0), values.of(weight), values.of(bias)).singletonOrThrow();
  }

  private Operation of(Convolution convolution) {
    Parameter weight = parameter(convolution, "weight");
    Parameter bias = parameter(convolution, "bias");
    Shape stride = shape(convolution.window().stride());
    Shape padding = shape(convolution.window().padding());
    int groups = convolution.groups();
    return (inputs, values) ->
        inputs
            .get(0)
            .getNDArrayInternal()
            .convolution(
                inputs.get(0), values.of(weight), values.of(bias), stride, padding, CLOSE, groups)
            .singletonOrThrow();
  }

  private Operation of(org.bitloom.graph.BatchNorm norm) {
    Parameter gamma = parameter(norm, "gamma");
    Parameter beta = parameter(norm, "beta");
    Parameter mean = parameter(norm, "runningMean");
    Parameter variance = parameter(norm, "runningVariance");
    float momentum = (float) norm.momentum();
    float epsilon = (float) norm.epsilon();
    return (inputs, values) ->
        BatchNorm.batchNorm(
                inputs.get(0),
                values.of(mean),
                values.of(variance),
                values.of(gamma),
                values.of(beta),
                CHANNELS,
                momentum,
                epsilon,
                values.training())
            .singletonOrThrow();
  }

  private static Operation maximum(Window window) {
    Shape size = shape(window.size());
    Shape stride = shape(window.stride());
    Shape padding = shape(window.padding());
    return (inputs, values) -> Pool.maxPool2d(inputs.get(0), size, stride, padding, false);
  }

  private static Operation average(Window window) {
    Shape size = shape(window.size());
    Shape stride = shape(window.stride());
    Shape padding = shape(window.padding());
    return (inputs, values) -> Pool.avgPool2d(inputs.get(0), size, stride, padding, false, true);
  }

  private static Shape shape(Extent extent) {
    return new Shape(extent.height(), extent.width());
  }
}
