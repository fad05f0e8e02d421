package org.bitloom.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.spark.api.java.JavaSparkContext;
import org.bitloom.worker.WorkerCommand;

/** The program itself, brought to the executors: what a worker needs, and this module. */
final class SentJars {
  private SentJars() {}

  /** Makes Spark bring the jars of the class path; returns how a worker is started from them. */
  static WorkerRecipe send(JavaSparkContext spark) throws IOException {
    String classPath = WorkerCommand.classPathOfWorkers();
    if (spark.isLocal()) {
      return WorkerRecipe.ofThisJvm(new ArrayList<>(List.of(classPath)), false);
    }
    List<String> names = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.exists(path)) {
        names.add(send(spark, path));
      }
    }
    send(spark, thisModule()); // again if it is on the path already, which Spark notices
    return WorkerRecipe.ofThisJvm(names, true);
  }

  private static String send(JavaSparkContext spark, Path path) throws IOException {
    Path jar = Files.isDirectory(path) ? jarOf(path) : path;
    spark.addJar(jar.toAbsolutePath().toString());
    return jar.getFileName().toString();
  }

  private static Path thisModule() throws IOException {
    try {
      return Path.of(SentJars.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("the jar of bitloom-spark must have a path", e);
    }
  }

  /** Packs a folder of classes, as it stands on the class path of a build that runs its tests. */
  private static Path jarOf(Path classes) throws IOException {
    Path jar = Files.createTempFile("bitloom-classes", ".jar");
    jar.toFile().deleteOnExit();
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        entries.putNextEntry(new ZipEntry(name));
        Files.copy(file, entries);
        entries.closeEntry();
      }
    }
    return jar;
  }
}
