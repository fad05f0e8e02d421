package org.bitloom.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A project of empty files with the launcher, and a Java and a Maven that only report. */
final class LauncherProject {
  static final String SOURCE = "bitloom-cli/src/main/Main.java";
  static final String BUILDING =
      "bitloom: building (sources changed), about a minute the first time\n";

  /** Tells what it was started with; an option with Broken in it is refused as the JVM does. */
  static final String REPORTING_JAVA =
      """
      #!/bin/sh
      case "$*" in *Broken*) echo "Unrecognized VM option 'Broken'" >&2; exit 1 ;; esac
      if { true >&4; } 2>/dev/null; then exec >&4; fi
      for name in OMP_WAIT_POLICY LC_ALL DJL_CACHE_DIR; do
        eval "echo $name \"\\${$name:-}\""
      done
      for word; do echo "$word"; done
      """;

  private final Path temporary;
  private final Path root;
  private final Map<String, String> variables = new HashMap<>();
  private Path javaHome;

  /** Makes the project below {@code temporary}; nothing is built yet. */
  LauncherProject(Path temporary) throws IOException {
    this.temporary = temporary;
    root = Files.createDirectories(temporary.resolve("a project"));
    Files.createDirectories(root.resolve(".mvn"));
    for (String part : List.of("bitloom", "bitloom-bench", ".mvn/build.sh")) {
      Files.copy(Path.of(System.getProperty("bitloom.root"), part), root.resolve(part));
    }
    write("pom.xml", "");
    write("bitloom-cli/pom.xml", "");
    write(SOURCE, "");
    useJava("jdk", "17.0.1", REPORTING_JAVA);
    useMaven("");
    set("BITLOOM_OPTS", "-Xmx1g  -Dx=y");
    for (String name : List.of("LC_ALL", "LC_CTYPE", "DJL_CACHE_DIR", "ENGINE_CACHE_DIR")) {
      set(name, "");
    }
    for (String name : List.of("OMP_WAIT_POLICY", "SPARK_HOME", "JAVA_TOOL_OPTIONS")) {
      set(name, "");
    }
  }

  /** Builds what the command needs, and forgets that. */
  LauncherProject built() throws IOException, InterruptedException {
    launch("help");
    Files.delete(asked());
    return this;
  }

  Path root() {
    return root;
  }

  /** Returns the file that holds a letter for each time that Maven was asked. */
  Path asked() {
    return root.resolve("asked");
  }

  Path write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private void script(String name, String text) throws IOException {
    Files.setPosixFilePermissions(write(name, text), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Sets a variable of the launches to come; no text takes it away. */
  void set(String name, String value) {
    variables.put(name, value);
  }

  /** Makes a Java of a version from a script and takes it from now on. */
  Path useJava(String name, String version, String script) throws IOException {
    script(name + "/bin/java", script);
    script(name + "/bin/javac", "#!/bin/sh\n");
    write(
        name + "/release",
        "JAVA_VERSION=\"%s\"\nMODULES=\"java.base jdk.incubator.vector\"\n".formatted(version));
    javaHome = root.resolve(name);
    return javaHome;
  }

  /** Makes a Maven that builds empty jars, tells its words, and does what {@code body} says. */
  void useMaven(String body) throws IOException {
    script(
        "bin/mvn",
        """
        #!/bin/sh
        printf x >> asked
        printf '%%s\\n' "$*" "$JDK_JAVA_OPTIONS" "LC_ALL ${LC_ALL:-}" > words
        for m in cli spark benchmarks; do
          case $* in *bitloom-$m*)
            mkdir -p bitloom-$m/target/lib
            touch bitloom-$m/target/bitloom-$m-0.1.0.jar
            touch bitloom-$m/target/lib/a.jar bitloom-$m/target/lib/b.jar ;;
          esac
        done
        %s
        """
            .formatted(body));
  }

  /** Returns the folder of a module in the build of the sources as they are. */
  Path jars(String module) throws IOException {
    String stamp = Files.readString(root.resolve("target/.built")).strip();
    return root.toRealPath().resolve("target/run").resolve(stamp).resolve(module);
  }

  Captured launch(String... words) throws IOException, InterruptedException {
    return launch(root.resolve("bitloom"), words);
  }

  Captured launch(Path launcher, String... words) throws IOException, InterruptedException {
    return capture(builder(launcher, words));
  }

  /** Launches by bash, so that the words may redirect. */
  Captured shell(String words) throws IOException, InterruptedException {
    return capture(builder(Path.of("/bin/bash"), "-c", "'" + root + "/bitloom' " + words));
  }

  private Captured capture(ProcessBuilder builder) throws IOException, InterruptedException {
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    int exitCode = process.waitFor();
    return new Captured(exitCode, Files.readString(out), Files.readString(err));
  }

  /** Starts the launcher and returns at once. */
  Process start(String... words) throws IOException {
    return builder(root.resolve("bitloom"), words).start();
  }

  private ProcessBuilder builder(Path launcher, String... words) {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", javaHome.toString());
    environment.put("PATH", root.resolve("bin") + ":/usr/bin:/bin");
    environment.putAll(variables);
    environment.values().removeIf(String::isEmpty);
    return builder;
  }

  /** Returns the next line that a process says on stderr. */
  static BufferedReader said(Process process) {
    return process.errorReader(StandardCharsets.UTF_8);
  }
}
