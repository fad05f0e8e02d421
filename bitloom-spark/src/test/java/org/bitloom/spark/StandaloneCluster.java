package org.bitloom.spark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A real Spark cluster on loopback: a master and workers, each a JVM of its own, from the jars of
 * this JVM's class path. Spark's distribution is not needed: a folder with links to its jars is
 * one.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern REGISTERED =
      Pattern.compile("(Successfully registered) with master");
  private static final long START_SECONDS = 60;

  private final Path folder;
  private final Path sparkHome;
  private final List<String> gpus;
  private final List<Process> processes = new ArrayList<>();
  private final String url;

  /**
   * Starts a master and workers of one core each; returns when all have registered.
   *
   * @param name of the folder in {@code target} that keeps their logs
   */
  StandaloneCluster(String name, int workers) throws Exception {
    this(name, workers, List.of());
  }

  /**
   * Starts workers whose machines have GPUs, as Spark believes.
   *
   * @param addresses of the GPUs of each worker
   */
  StandaloneCluster(String name, int workers, List<String> addresses) throws Exception {
    this.folder = emptyFolder(Path.of("target", name).toAbsolutePath());
    this.sparkHome = home();
    this.gpus = addresses.isEmpty() ? List.of() : gpus(addresses);
    try {
      String master = "org.apache.spark.deploy.master.Master";
      this.url =
          start("master", MASTER, List.of(master, "--port", "0"))
              .get(START_SECONDS, TimeUnit.SECONDS);
      List<CompletableFuture<String>> registered = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        registered.add(start("worker" + i, REGISTERED, workerWords(i)));
      }
      for (CompletableFuture<String> worker : registered) {
        worker.get(START_SECONDS, TimeUnit.SECONDS);
      }
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private static Path emptyFolder(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> old = Files.walk(folder)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return Files.createDirectories(folder);
  }

  /** Writes the script that tells Spark of GPUs, and returns the flags of a worker that has it. */
  private List<String> gpus(List<String> addresses) throws IOException {
    String json = addresses.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
    Path script = folder.resolve("gpus.sh");
    Files.writeString(script, "#!/bin/sh\necho '{\"name\":\"gpu\",\"addresses\":" + json + "}'\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return List.of(
        "-Dspark.worker.resource.gpu.amount=" + addresses.size(),
        "-Dspark.worker.resource.gpu.discoveryScript=" + script);
  }

  private List<String> workerWords(int i) {
    Path work = folder.resolve("work" + i);
    return List.of(
        "org.apache.spark.deploy.worker.Worker",
        "--cores",
        "1",
        "--memory",
        "1g",
        "--work-dir",
        work.toString(),
        url);
  }

  private Path home() throws IOException {
    Path home = folder.resolve("spark");
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      if (entry.endsWith(".jar") && !jar.getFileName().toString().startsWith("pytorch")) {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    }
    return home;
  }

  private CompletableFuture<String> start(String name, Pattern ready, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(gpus);
    command.addAll(List.of("-cp", sparkHome.resolve("jars") + "/*"));
    command.addAll(words.subList(0, 1));
    command.addAll(List.of("--host", "127.0.0.1", "--webui-port", "0"));
    command.addAll(words.subList(1, words.size()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", sparkHome.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.directory(folder.toFile()).start();
    processes.add(process);
    CompletableFuture<String> found = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process, name, ready, found), name);
    reader.setDaemon(true);
    reader.start();
    return found;
  }

  private void read(Process process, String name, Pattern ready, CompletableFuture<String> found) {
    Path log = folder.resolve(name + ".log");
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        PrintStream copy = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        copy.println(line);
        Matcher matcher = ready.matcher(line);
        if (matcher.find()) {
          found.complete(matcher.group(1));
        }
      }
    } catch (IOException e) {
      found.completeExceptionally(e);
    }
    found.completeExceptionally(new IOException(name + " ended; its log is " + log));
  }

  /** Returns {@code spark://127.0.0.1:PORT}. */
  String url() {
    return url;
  }

  /** Returns the executors that a worker has started. */
  List<ProcessHandle> executorsOf(int worker) {
    return processes.get(worker + 1).children().toList();
  }

  /** Returns the processes that train at a worker; its executors start others too. */
  List<ProcessHandle> trainingAt(int worker) {
    return executorsOf(worker).stream()
        .flatMap(ProcessHandle::children)
        .filter(child -> child.info().commandLine().orElse("").contains(".WorkerMain "))
        .toList();
  }

  /** Kills a worker as a power cut would, and waits until its executors have noticed. */
  void kill(int worker) throws Exception {
    List<ProcessHandle> executors = executorsOf(worker);
    processes.get(worker + 1).destroyForcibly().waitFor();
    for (ProcessHandle executor : executors) {
      executor.onExit().get(START_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    for (Process process : processes) {
      process.onExit().join();
    }
  }
}
