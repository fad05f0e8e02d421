package org.bitloom.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** The command {@code ./bitloom-bench}: each of its words runs a benchmark and prints its table. */
public final class Main {
  private static final String USAGE =
      """
      usage: ./bitloom-bench step [lenet300|conv4|resnet20]
             ./bitloom-bench kernel
             ./bitloom-bench payload
        step    training steps against float and op-by-op training, same process, interleaved
        kernel  time of an update alone, scalar and vector kernels (JMH)
        payload payload into bit strings and out, beside a plain copy of the same bytes""";

  private static final Map<String, Command> COMMANDS = new TreeMap<>();

  static {
    COMMANDS.put("step", Main::step);
    COMMANDS.put("kernel", (out, words) -> words.isEmpty() && kernel());
    COMMANDS.put("payload", (out, words) -> words.isEmpty() && payload(out));
  }

  /** Runs one benchmark. */
  private interface Command {
    /** Runs it with the words after its name; false, without doing anything, if they are wrong. */
    boolean run(PrintStream out, List<String> words) throws Exception;
  }

  private Main() {}

  /** Runs one benchmark and prints its table. */
  public static void main(String[] args) throws Exception {
    Command command = args.length == 0 ? null : COMMANDS.get(args[0]);
    boolean known =
        command != null && command.run(System.out, List.of(args).subList(1, args.length));
    if (!known) {
      System.err.println(USAGE);
      System.exit(2);
    }
  }

  private static boolean step(PrintStream out, List<String> words) {
    if (words.size() > 1) {
      return false;
    }
    List<Subject> subjects =
        words.isEmpty()
            ? List.of(Subject.LENET300, Subject.RESNET20)
            : Subject.of(words.get(0)).stream().toList();
    subjects.forEach(subject -> new StepBenchmark(out, subject).run());
    return !subjects.isEmpty();
  }

  private static boolean kernel() throws RunnerException {
    new Runner(new OptionsBuilder().include(KernelBenchmark.class.getName()).build()).run();
    return true;
  }

  private static boolean payload(PrintStream out) throws IOException {
    new PayloadBenchmark(out).run();
    return true;
  }
}
