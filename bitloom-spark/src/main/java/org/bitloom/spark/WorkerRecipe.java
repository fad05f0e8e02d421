package org.bitloom.spark;

import java.io.File;
import java.io.Serializable;
import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.SparkFiles;
import org.bitloom.worker.WorkerCommand;

/**
 * How an executor starts a worker: the driver's flags and environment, its own Java.
 *
 * @param jars on its class path: files that Spark brings, or here paths of this machine
 * @param sent whether Spark brings them
 * @param flags of the JVM
 * @param environment that the launcher sets for the engine
 */
record WorkerRecipe(
    List<String> jars, boolean sent, List<String> flags, Map<String, String> environment)
    implements Serializable {
  private static final String VECTOR = "jdk.incubator.vector";
  private static final List<String> KEPT =
      List.of("-X", "-Dbitloom.", "-Dai.djl.", "-DOPT_OUT_TRACKING", "--enable-native-access");
  private static final List<String> VARIABLES =
      List.of(
          "OMP_WAIT_POLICY",
          "MALLOC_ARENA_MAX",
          "MALLOC_MMAP_THRESHOLD_",
          "MALLOC_TRIM_THRESHOLD_",
          "LC_ALL");

  /** Takes the flags and variables of this JVM that any Java understands. */
  static WorkerRecipe ofThisJvm(List<String> jars, boolean sent) {
    List<String> flags = new ArrayList<>();
    for (String flag : WorkerCommand.likeThisJvm().flags()) {
      if (KEPT.stream().anyMatch(flag::startsWith)) {
        flags.add(flag);
      }
    }
    Map<String, String> environment = new HashMap<>();
    VARIABLES.forEach(name -> environment.put(name, System.getenv(name)));
    environment.values().removeIf(value -> value == null);
    environment.putIfAbsent("OMP_WAIT_POLICY", "PASSIVE"); // libgomp would spin beside others
    return new WorkerRecipe(jars, sent, new ArrayList<>(flags), environment);
  }

  /** Returns the command for the machine this is called on. */
  WorkerCommand command() {
    List<String> here = new ArrayList<>(flags);
    if (ModuleFinder.ofSystem().find(VECTOR).isPresent()) {
      here.addAll(List.of("--add-modules", VECTOR));
    }
    String path =
        jars.stream()
            .map(jar -> sent ? SparkFiles.get(jar) : jar)
            .collect(Collectors.joining(File.pathSeparator));
    return new WorkerCommand(WorkerCommand.thisJava(), here, path, environment);
  }
}
