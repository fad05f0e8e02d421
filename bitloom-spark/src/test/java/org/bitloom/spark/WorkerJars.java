package org.bitloom.spark;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the launcher knows and a test must find out: which jars of the class path train. */
final class WorkerJars {
  private static final Pattern NEEDED =
      Pattern.compile("(api|bitloom|pytorch|jna|gson|commons-(codec|compress|io)|slf4j-api)-.*");

  private WorkerJars() {}

  static String path() {
    return Arrays.stream(
            System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1))
        .filter(WorkerJars::isNeeded)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isNeeded(String entry) {
    boolean classes = entry.endsWith(Path.of("target", "classes").toString());
    return classes || NEEDED.matcher(Path.of(entry).getFileName().toString()).matches();
  }
}
