package org.bitloom.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bitloom.bench.device.DeviceBenchmark;
import org.bitloom.bench.epoch.EpochBenchmark;
import org.bitloom.bench.guard.Guard;
import org.bitloom.bench.guard.GuardTable;
import org.bitloom.bench.infer.InferBenchmark;
import org.bitloom.bench.kernel.KernelTable;
import org.bitloom.bench.kernel.KernelTwins;
import org.bitloom.bench.measure.BenchmarkMachine;
import org.bitloom.bench.memory.MemoryBenchmark;
import org.bitloom.bench.payload.PayloadBenchmark;
import org.bitloom.bench.step.StepBenchmark;
import org.bitloom.bench.step.TimedNetwork;
import org.bitloom.io.WatchedStream;
import org.bitloom.update.kernel.ThreadTeam;

/** The command {@code ./bitloom-bench}: each of its words runs a benchmark and prints its table. */
public final class Main {
  private static final String USAGE =
      """
      usage: ./bitloom-bench step [lenet300|conv4|resnet20]
             ./bitloom-bench step --device cpu|gpu|gpuN [--net NAME] [--seconds N] [--quick]
             ./bitloom-bench kernel
             ./bitloom-bench epoch [--to PERCENT]
             ./bitloom-bench memory
             ./bitloom-bench payload
             ./bitloom-bench infer
             ./bitloom-bench guard [--write FILE]
             ./bitloom-bench device [twins|steps|memory|repeat|parallel] [--device cpu|gpu|gpuN]
                                    [--net NAME] [--seconds N] [--quick]
        step    training steps against float and op-by-op training, same process, interleaved;
                without a network: lenet300, then resnet20; with --device: device steps
        kernel  the update alone: share of copy bandwidth, scalar against vector kernels (JMH)
        epoch   whole epochs beside plain DJL; --to: seconds of a process to an accuracy
        memory  bytes of state per weight; a layer of 100 million weights in 12 GB of heap
        payload payload into bit strings and out, beside a plain copy of the same bytes
        infer   one image in plain Java beside ONNX Runtime
        guard   a few ratios against the stored table; fails if one is 1.5 times worse
        device  training on a device of the engine, one part or all: equal to the scalar kernels,
                steps, memory over many steps, equal gradients, several processes at once""";

  /** Every benchmark by its word; each has a line in {@link #USAGE}. */
  private static final Map<String, Command> COMMANDS =
      Map.of(
          "step", Main::step,
          "kernel", Main::kernel,
          "epoch", EpochBenchmark::run,
          "memory", Main::memory,
          "payload", Main::payload,
          "infer", Main::infer,
          "guard", Main::guard,
          "device", DeviceBenchmark::run);

  /** Runs one benchmark. */
  private interface Command {
    /** Runs it with the words after its name; false, without doing anything, if they are wrong. */
    boolean run(PrintStream out, List<String> words) throws IOException;
  }

  private Main() {}

  /** Runs one benchmark and prints its table. */
  public static void main(String[] args) throws IOException {
    WatchedStream stdout = new WatchedStream(new FileOutputStream(FileDescriptor.out));
    PrintStream out = new PrintStream(stdout, true, Charset.defaultCharset());
    System.setOut(out); // JMH prints there
    int exitCode = run(out, args);
    out.flush();
    if (stdout.failure().isPresent()) {
      System.err.println(
          "bitloom: stdout must take the whole table, found: "
              + stdout.failure().get().getMessage()
              + "; choose another place and run again");
      exitCode = 1;
    }
    System.exit(exitCode);
  }

  private static int run(PrintStream out, String... args) throws IOException {
    Command command = args.length == 0 ? null : COMMANDS.get(args[0]);
    if (command == null || !command.run(out, List.of(args).subList(1, args.length))) {
      System.err.println(USAGE);
      return 2;
    }
    return 0;
  }

  private static boolean step(PrintStream out, List<String> words) throws IOException {
    if (words.contains("--device")) {
      List<String> steps = new ArrayList<>(List.of("steps"));
      steps.addAll(words);
      return DeviceBenchmark.run(out, steps);
    }
    List<TimedNetwork> networks = List.of(TimedNetwork.LENET300, TimedNetwork.RESNET20);
    if (words.size() == 1) {
      networks = TimedNetwork.of(words.get(0)).stream().toList();
    }
    if (words.size() > 1 || networks.isEmpty()) {
      return false;
    }
    networks.forEach(network -> new StepBenchmark(out, network).run());
    return true;
  }

  private static boolean kernel(PrintStream out, List<String> words) throws IOException {
    if (!words.isEmpty()) {
      return false;
    }
    int threads = BenchmarkMachine.prepare();
    out.println(BenchmarkMachine.describe(threads));
    try (ThreadTeam team = new ThreadTeam(threads)) {
      new KernelTable(out, team).print();
    }
    new KernelTwins(out).print();
    return true;
  }

  private static boolean memory(PrintStream out, List<String> words) {
    if (words.isEmpty()) {
      new MemoryBenchmark(out).run();
    }
    return words.isEmpty();
  }

  private static boolean payload(PrintStream out, List<String> words) throws IOException {
    if (words.isEmpty()) {
      new PayloadBenchmark(out).run();
    }
    return words.isEmpty();
  }

  private static boolean infer(PrintStream out, List<String> words) throws IOException {
    if (words.isEmpty()) {
      new InferBenchmark(out).run();
    }
    return words.isEmpty();
  }

  private static boolean guard(PrintStream out, List<String> words) throws IOException {
    boolean write = words.size() == 2 && words.get(0).equals("--write");
    if (!write && !words.isEmpty()) {
      return false;
    }
    if (write) {
      GuardTable table = new Guard().measure();
      table.write(Path.of(words.get(1)));
      out.print(table.text());
      return true;
    }
    List<Guard.Finding> findings = new Guard().compare(GuardTable.stored());
    findings.forEach(out::println);
    if (!findings.stream().allMatch(Guard.Finding::isGood)) {
      System.exit(1);
    }
    return true;
  }
}
