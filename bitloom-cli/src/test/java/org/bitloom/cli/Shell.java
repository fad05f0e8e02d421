package org.bitloom.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the command in a JVM of its own, as a shell starts it. */
final class Shell {
  private Shell() {}

  /**
   * Runs a command and returns what came to stderr, and its exit code, not that of what reads it.
   *
   * @param name to tell it from others in a failure
   * @param redirection as the shell writes it, such as {@code > /dev/full}
   */
  static Captured java(String name, String redirection, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    // A closed descriptor is one that nothing can be written to, as the launcher makes it.
    String closed = redirection.replace(">&-", "1< /dev/null");
    command.addAll(List.of("bash", "-c", "\"$0\" \"$@\" " + closed + "; exit ${PIPESTATUS[0]}"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Captured(process.waitFor(), name, err);
  }
}
