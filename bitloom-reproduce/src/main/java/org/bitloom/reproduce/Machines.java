package org.bitloom.reproduce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bitloom.io.AtomicFiles;
import org.bitloom.io.CorruptFileException;
import org.bitloom.io.Json;
import org.bitloom.run.RunFacts;
import org.bitloom.run.RunReader;

/**
 * The file machines.json: on what the runs were trained, each machine once. A run tells it of
 * itself when it has ended, so a page that is made later elsewhere tells the same.
 */
final class Machines {
  private static final String NAME = "machines.json";
  private static final List<String> FIRST =
      List.of("processor", "processors", "device", "kernels", "bitloom");

  private final Path file;
  private final Set<Map<String, String>> known = new LinkedHashSet<>();

  private Machines(Path file) {
    this.file = file;
  }

  /**
   * Opens the file in a folder, or begins it.
   *
   * @throws CorruptFileException if it is damaged
   */
  static Machines open(Path folder) throws IOException {
    Machines machines = new Machines(folder.resolve(NAME));
    if (Files.exists(machines.file)) {
      machines.read();
    }
    return machines;
  }

  private void read() throws IOException {
    Object json;
    try {
      json = Json.parse(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new CorruptFileException(file, "a list of machines", e.getMessage());
    }
    if (!(json instanceof List<?> machines)) {
      throw new CorruptFileException(file, "a list of machines", "another value");
    }
    for (Object machine : machines) {
      Map<String, String> facts = new LinkedHashMap<>();
      if (machine instanceof Map<?, ?> map) {
        map.forEach((name, fact) -> facts.put((String) name, String.valueOf(fact)));
      }
      known.add(ordered(facts));
    }
  }

  /** Puts facts into an order of their own: that of a file does not count. */
  private static Map<String, String> ordered(Map<String, String> facts) {
    Map<String, String> left = new TreeMap<>(facts);
    Map<String, String> ordered = new LinkedHashMap<>();
    for (String first : FIRST) {
      if (left.containsKey(first)) {
        ordered.put(first, left.remove(first));
      }
    }
    ordered.putAll(left);
    return ordered;
  }

  /** Writes down what a run was trained on, if its folder tells it and it is new. */
  void learn(Path runFolder) throws IOException {
    if (!RunReader.isRun(runFolder)) {
      return;
    }
    RunFacts run = RunReader.open(runFolder).facts();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processor", processor());
    facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.putAll(run.versions());
    facts.put("kernels", run.kernels());
    facts.put("device", run.device().text());
    if (known.add(ordered(facts))) {
      AtomicFiles.writeString(file, Json.print(List.copyOf(known)) + "\n");
    }
  }

  /** Returns the machines, each as facts by name. */
  List<Map<String, String>> all() {
    return List.copyOf(known);
  }

  /** Returns the name of the processor, or its kind where the system does not tell. */
  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
