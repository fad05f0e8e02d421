package org.bitloom.worker;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to start a worker: a JVM that trains runs one after another.
 *
 * @param java the program
 * @param flags of the JVM
 * @param classPath with bitloom and the engine
 * @param environment variables in addition to those of this process
 */
public record WorkerCommand(
    String java, List<String> flags, String classPath, Map<String, String> environment) {
  /** Flags that belong to the terminal, the debugger or the cluster of one JVM. */
  private static final List<String> PRIVATE =
      List.of(
          "-Dbitloom.terminal",
          "-Dbitloom.columns",
          "-Dbitloom.stdout",
          "-Dbitloom.stderr",
          "-Dbitloom.worker.path",
          "-agentlib",
          "-javaagent",
          "-Dlog4j2.",
          "-Dspark.",
          "--add-opens=");

  public WorkerCommand {
    flags = List.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  /** Starts workers with the flags, the class path and the environment of this JVM. */
  public static WorkerCommand likeThisJvm() {
    List<String> flags =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> PRIVATE.stream().noneMatch(flag::startsWith))
            .toList();
    return new WorkerCommand(thisJava(), flags, classPathOfWorkers(), Map.of());
  }

  /**
   * Returns the class path of this JVM, or what {@code -Dbitloom.worker.path} names in its place:
   * this JVM may hold libraries that no run needs.
   */
  public static String classPathOfWorkers() {
    return System.getProperty("bitloom.worker.path", System.getProperty("java.class.path"));
  }

  /** Returns the {@code java} of this JVM. */
  public static String thisJava() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Returns the words of the command for a worker that goes to a socket. */
  List<String> words(Path socket) {
    List<String> words = new ArrayList<>(List.of(java));
    words.addAll(flags);
    words.addAll(List.of("-cp", classPath, WorkerMain.class.getName(), socket.toString()));
    return words;
  }
}
