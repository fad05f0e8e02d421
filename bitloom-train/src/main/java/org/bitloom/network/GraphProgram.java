package org.bitloom.network;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitloom.graph.Add;
import org.bitloom.graph.AveragePool;
import org.bitloom.graph.BatchNorm;
import org.bitloom.graph.Convolution;
import org.bitloom.graph.Dense;
import org.bitloom.graph.Extent;
import org.bitloom.graph.Flatten;
import org.bitloom.graph.GlobalAveragePool;
import org.bitloom.graph.Graph;
import org.bitloom.graph.GraphParameter;
import org.bitloom.graph.Input;
import org.bitloom.graph.MaxPool;
import org.bitloom.graph.Node;
import org.bitloom.graph.Relu;
import org.bitloom.graph.Role;
import org.bitloom.graph.Window;

/**
 * Writes a graph as a TorchScript program: one call takes a batch through the network and back.
 *
 * <p>All parameters that have a gradient lie in one flat tensor, in an order of the caller's; the
 * program views its parameters in it, so that their gradients come out flat too.
 */
public final class GraphProgram {
  private static final String HEAD =
      """
      class Network(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        values : Tensor
        trained : Tensor
        measured : Tensor
        answers : Tensor
        places : Tensor
        origins : Tensor
        statistics : List[Tensor]
        def bind(self: __torch__.Network, tensors: List[Tensor]) -> None:
          self.values = tensors[0]
          self.trained = tensors[1]
          self.measured = tensors[2]
          self.answers = tensors[3]
          self.places = tensors[4]
          self.origins = tensors[5]
          self.statistics = tensors[6:]
          return None
        def restart(self: __torch__.Network, tensors: List[Tensor]) -> None:
          tensors[0].zero_()
          return None
        def copy(self: __torch__.Network, tensors: List[Tensor]) -> None:
          tensors[0].copy_(tensors[1])
          return None
        def sums(self: __torch__.Network, loss: Tensor, logits: Tensor, labels: Tensor) -> Tensor:
          right = torch.sum(torch.eq(torch.argmax(logits, 1), labels))
          return torch.stack([torch.to(loss, 7), torch.to(right, 7)])
        def forward(self: __torch__.Network, x: Tensor, labels: Tensor) -> Tensor:
          values = torch.requires_grad_(self.arranged(), True)
          logits = self.logits(x, values, True)
          loss = torch.nll_loss(torch.log_softmax(logits, 1), labels)
          gradients = torch.grad([loss], [values])
          sum = torch.detach(loss) * torch.size(labels, 0)
          self.trained.add_(self.sums(sum, torch.detach(logits), labels))
          gradient = gradients[0]
          if gradient is None:
            result = torch.zeros_like(self.values)
          else:
            result = self.restored(unchecked_cast(Tensor, gradient))
          return result
        def evaluate(self: __torch__.Network, tensors: List[Tensor]) -> None:
          labels = tensors[1]
          logits = self.logits(tensors[0], self.arranged(), False)
          loss = torch.nll_loss(torch.log_softmax(logits, 1), labels, None, 2)
          self.measured.add_(torch.to(loss, 7))
          classes = torch.size(logits, 1)
          cells = torch.add(torch.mul(labels, classes), torch.argmax(logits, 1))
          self.answers.add_(torch.bincount(cells, None, torch.mul(classes, classes)))
          return None
      """;

  private static final String LOGITS =
      """
        def logits(self: __torch__.Network, x: Tensor, values: Tensor, train: bool) -> Tensor:
      """;

  private final Graph graph;
  private final ImageLayout layout;
  private final Map<String, String> views = new HashMap<>();
  private final Map<String, String> values = new HashMap<>();
  private final StringBuilder lines = new StringBuilder();

  private GraphProgram(Graph graph, ImageLayout layout) {
    this.graph = graph;
    this.layout = layout;
  }

  /**
   * Returns the program of a graph.
   *
   * <p>Its method {@code bind} takes the tensors that it works on: all trained values, flat; the
   * sums of losses and of right answers, in doubles, that {@code forward} adds to; the sum of
   * losses and the counts {@code [label, answer]}, flat and in longs, that {@code evaluate} adds
   * to; the {@linkplain ImageLayout#places places} of the layout, and where each value lies among
   * those; then the statistics in the order of the graph. {@code forward} takes inputs {@code
   * [batch, ...]} and labels {@code [batch]}, and gives the gradient of the mean loss by the
   * values.
   *
   * @param order trained parameters as their values lie, one behind the other
   * @param layout of images and filters inside the program
   */
  public static String of(Graph graph, List<GraphParameter> order, ImageLayout layout) {
    GraphProgram program = new GraphProgram(graph, layout);
    program.views("values", order);
    program.line("image = torch.contiguous(x, memory_format=" + layout.memoryFormat() + ")");
    int statistic = 0;
    for (GraphParameter parameter : graph.parameters()) {
      if (parameter.role() == Role.STATISTIC) {
        program.views.put(parameter.name(), "self.statistics[" + statistic++ + "]");
      }
    }
    graph.nodes().forEach(program::node);
    program.line("return " + program.values.get(graph.output().name()));
    return HEAD + layout.methods() + LOGITS + program.lines;
  }

  private void line(String text) {
    lines.append("    ").append(text).append('\n');
  }

  private void views(String flat, List<GraphParameter> parameters) {
    if (parameters.isEmpty()) {
      return;
    }
    List<Integer> sizes = parameters.stream().map(GraphParameter::size).toList();
    line(flat + "_parts = torch.split_with_sizes(" + flat + ", " + sizes + ")");
    for (int i = 0; i < parameters.size(); i++) {
      String view = flat + "_" + i;
      line(view + " = " + layout.view(flat + "_parts[" + i + "]", parameters.get(i)));
      views.put(parameters.get(i).name(), view);
    }
  }

  private void node(Node node) {
    List<String> inputs = node.inputs().stream().map(values::get).toList();
    String result = node instanceof Input ? "image" : "v" + values.size();
    values.put(node.name(), result);
    if (!(node instanceof Input)) {
      line(result + " = " + expression(node, inputs));
    }
  }

  private String expression(Node node, List<String> inputs) {
    String x = inputs.get(0);
    if (node instanceof Dense dense) {
      return call("linear", x, own(dense, "weight"), bias(dense, dense.bias()));
    }
    if (node instanceof Convolution conv) {
      return call(
          "conv2d",
          x,
          own(conv, "weight"),
          bias(conv, conv.bias()),
          pair(conv.window().stride()),
          pair(conv.window().padding()),
          "[1, 1]",
          String.valueOf(conv.groups()));
    }
    if (node instanceof BatchNorm norm) {
      return norm(norm, x);
    }
    if (node instanceof Relu) {
      return call("relu", x);
    }
    if (node instanceof MaxPool pool) {
      return call("max_pool2d", x, window(pool.window()), "[1, 1]", "False");
    }
    if (node instanceof AveragePool pool) {
      return call("avg_pool2d", x, window(pool.window()), "False", "True", "None");
    }
    if (node instanceof GlobalAveragePool) {
      return call("flatten", call("adaptive_avg_pool2d", x, "[1, 1]"), "1", "-1");
    }
    if (node instanceof Flatten) {
      return call("flatten", x, "1", "-1");
    }
    if (node instanceof Add) {
      return inputs.stream().skip(1).reduce(x, (sum, next) -> call("add", sum, next));
    }
    throw new IllegalArgumentException("node must be one that has a program, got " + node);
  }

  private String norm(BatchNorm norm, String x) {
    return call(
        "batch_norm",
        x,
        own(norm, "gamma"),
        own(norm, "beta"),
        own(norm, "runningMean"),
        own(norm, "runningVariance"),
        "train",
        number(1f - (float) norm.momentum()), // the engine counts what is new, not what stays
        number((float) norm.epsilon()),
        "True");
  }

  private String own(Node node, String parameter) {
    return views.get(graph.parameter(node.name() + "." + parameter).name());
  }

  private String bias(Node node, boolean present) {
    return present ? own(node, "bias") : "None";
  }

  private static String window(Window window) {
    return pair(window.size()) + ", " + pair(window.stride()) + ", " + pair(window.padding());
  }

  private static String pair(Extent extent) {
    return "[" + extent.height() + ", " + extent.width() + "]";
  }

  private static String number(float value) {
    return String.format(Locale.ROOT, "%.17g", (double) value);
  }

  private static String call(String operation, String... arguments) {
    return "torch." + operation + Stream.of(arguments).collect(Collectors.joining(", ", "(", ")"));
  }
}
