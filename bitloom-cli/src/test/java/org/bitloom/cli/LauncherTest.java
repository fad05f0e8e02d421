package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher in a project of empty files, with a Java and a Maven that only report. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class LauncherTest {
  private static final Instant PAST = Instant.parse("2020-01-01T00:00:00Z");
  private static final String REPORTING_JAVA =
      """
      #!/bin/sh
      if { true >&4; } 2>/dev/null; then exec >&4; fi
      echo "OMP $OMP_WAIT_POLICY"
      for word; do echo "$word"; done
      """;

  @TempDir private Path temporary;
  private Path root;
  private Path javaHome;
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void makeABuiltProject() throws IOException {
    root = Files.createDirectories(temporary.resolve("a project"));
    Files.copy(Path.of(System.getProperty("bitloom.root"), "bitloom"), root.resolve("bitloom"));
    write("pom.xml", "");
    write("bitloom-cli/pom.xml", "");
    write("bitloom-cli/src/main/Main.java", "");
    write("bitloom-cli/target/bitloom-cli-0.1.0.jar", "");
    write("bitloom-cli/target/lib/a.jar", "");
    write("bitloom-cli/target/lib/b.jar", "");
    javaHome = makeJava("jdk", "17.0.1", REPORTING_JAVA);
    backdate("pom.xml", "bitloom-cli/pom.xml", "bitloom-cli/src/main/Main.java");
    backdate("bitloom-cli/src/main");
    write("target/.built", "");
  }

  private void backdate(String... names) throws IOException {
    for (String name : names) {
      Files.setLastModifiedTime(root.resolve(name), FileTime.from(PAST));
    }
  }

  private Path write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Path script(String name, String text) throws IOException {
    Path file = write(name, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  private Path makeJava(String name, String version, String script) throws IOException {
    script(name + "/bin/java", script);
    script(name + "/bin/javac", "#!/bin/sh\n");
    write(
        name + "/release",
        "JAVA_VERSION=\"%s\"\nMODULES=\"java.base jdk.incubator.vector\"\n".formatted(version));
    return root.resolve(name);
  }

  private Captured launch(String... words) throws IOException, InterruptedException {
    return launch(root.resolve("bitloom"), words);
  }

  private Captured launch(Path launcher, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(words));
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(new File("/"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("PATH", root.resolve("bin") + ":/usr/bin:/bin");
    builder.environment().remove("OMP_WAIT_POLICY");
    builder.environment().remove("SPARK_HOME");
    builder.environment().putAll(variables);
    builder.environment().put("BITLOOM_OPTS", "-Xmx1g  -Dx=y");
    int exitCode = builder.start().waitFor();
    return new Captured(exitCode, Files.readString(out), Files.readString(err));
  }

  @Test
  void startsTheCommandWithItsClassPathAndWords() throws Exception {
    Captured result = launch("inspect", "a b", "*");
    String target = root.toRealPath() + "/bitloom-cli/target/";
    assertThat(result.out())
        .startsWith("OMP PASSIVE\n")
        .contains("\n-Xmx1g\n-Dx=y\n")
        .endsWith(
            "-cp\n%sbitloom-cli-0.1.0.jar:%slib/a.jar:%slib/b.jar\n"
                    .formatted(target, target, target)
                + "org.bitloom.cli.Main\ninspect\na b\n*\n")
        .doesNotContain("jdk.incubator.vector");
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void symbolicLinksToTheLauncherAreFollowed() throws Exception {
    Path link = temporary.resolve("link");
    Files.createSymbolicLink(link, Path.of("a project", "bitloom"));
    Path linkToLink = Files.createSymbolicLink(temporary.resolve("other"), link);
    assertThat(launch(linkToLink, "help").out()).contains(root.toRealPath() + "/bitloom-cli");
  }

  @Test
  void onlyTrainingGetsTheVectorModule() throws Exception {
    assertThat(launch("train").out()).contains("\n--add-modules\njdk.incubator.vector\n");
    assertThat(launch("train", "--help").out()).doesNotContain("jdk.incubator.vector");
    assertThat(launch("eval", "model").out()).doesNotContain("jdk.incubator.vector");
  }

  @Test
  void theWarningOfTheJvmIsTakenOutAndNothingElse() throws Exception {
    javaHome =
        makeJava(
            "warning",
            "17.0.1",
            """
            #!/bin/sh
            echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
            echo 'from the JVM' >&2
            echo 'from bitloom' >&3
            printf 'without an end' >&2
            exit 3
            """);
    Captured result = launch("train");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("from bitloom\n").doesNotContain("incubator");
  }

  /** The engine prints there what a network of one's own says. */
  @Test
  void whatOthersPrintIsNotAmongTheResults() throws Exception {
    javaHome =
        makeJava(
            "loud",
            "17.0.1",
            """
            #!/bin/sh
            echo 'from a network'
            echo '{"accuracy":0.9}' >&4
            """);
    for (String command : List.of("train", "sweep", "eval", "embed", "scrub")) {
      Captured result = launch(command, "--json");
      assertThat(result.out()).isEqualTo("{\"accuracy\":0.9}\n");
      assertThat(result.exitCode()).isZero();
    }
  }

  @Test
  void anOldJavaIsRefusedInOneLine() throws Exception {
    javaHome = makeJava("old", "11.0.2", REPORTING_JAVA);
    Files.createDirectories(root.resolve("bin"));
    Files.createSymbolicLink(root.resolve("bin/java"), root.resolve("old/bin/java"));
    Captured result = launch("help");
    assertThat(result.err())
        .isEqualTo(
            "bitloom: Java 17 or newer is needed, found 11.0.2;"
                + " install a JDK 17+ or set JAVA_HOME to one\n");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void theJavaOnThePathStandsInForAnOldJavaHome() throws Exception {
    Path good = javaHome;
    javaHome = makeJava("old", "11.0.2", "#!/bin/sh\nexit 9\n");
    Files.createDirectories(root.resolve("bin"));
    Files.createSymbolicLink(root.resolve("bin/java"), good.resolve("bin/java"));
    assertThat(launch("help").exitCode()).isZero();
  }

  @Test
  void aChangedSourceIsBuiltOnce() throws Exception {
    makeMaven("mkdir -p bitloom-cli/target/lib; touch bitloom-cli/target/lib/new.jar");
    assertThat(launch("help").err()).isEmpty();
    write("target/.built", "");
    Files.setLastModifiedTime(root.resolve("target/.built"), FileTime.from(PAST.minusSeconds(9)));
    Captured built = launch("help");
    assertThat(built.err())
        .isEqualTo("bitloom: building (sources changed), about a minute the first time\n");
    assertThat(built.out()).contains("/lib/new.jar\n").doesNotContain("a.jar");
    assertThat(launch("help").err()).isEmpty();
  }

  @Test
  void aDeletedSourceIsBuiltToo() throws Exception {
    makeMaven("mkdir -p bitloom-cli/target/lib");
    Files.setLastModifiedTime(root.resolve("target/.built"), FileTime.from(PAST.plusSeconds(9)));
    assertThat(launch("help").err()).isEmpty();
    Files.delete(root.resolve("bitloom-cli/src/main/Main.java"));
    assertThat(launch("help").err()).startsWith("bitloom: building");
  }

  @Test
  void aFailedBuildShowsItsLogAndIsTriedAgain() throws Exception {
    makeMaven("echo 'no such symbol'; exit 1");
    Files.delete(root.resolve("target/.built"));
    for (int attempt = 0; attempt < 2; attempt++) {
      Captured failed = launch("help");
      assertThat(failed.err()).contains("no such symbol\nbitloom: the build failed");
      assertThat(failed.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aSweepOnAClusterGetsSparkFirstAndItsWorkersNothingOfIt() throws Exception {
    write("bitloom-cli/target/lib/slf4j-nop-2.jar", "");
    makeSpark();
    Captured result = launch("sweep", "--master", "local[2]");
    String cli = root.toRealPath() + "/bitloom-cli/target/";
    String spark = root.toRealPath() + "/bitloom-spark/target/";
    String engine = "%sbitloom-cli-0.1.0.jar:%slib/a.jar:%slib/b.jar".formatted(cli, cli, cli);
    assertThat(result.out())
        .contains(
            "\n-cp\n%sbitloom-spark-0.1.0.jar:%slib/*:%s\norg.bitloom.cli.Main\nsweep\n"
                .formatted(spark, spark, engine))
        .contains("\n-Dbitloom.worker.path=%s:%slib/slf4j-nop-2.jar\n".formatted(engine, cli))
        .contains("\n--add-opens=java.base/sun.nio.ch=ALL-UNNAMED\n");
  }

  @Test
  void withoutAMasterNothingIsHeardOfSpark() throws Exception {
    makeSpark();
    assertThat(launch("sweep").out()).doesNotContain("spark").doesNotContain("--add-opens=");
    assertThat(launch("sweep", "--master", "x", "--help").out()).doesNotContain("spark");
    assertThat(launch("train", "--master=x").out()).doesNotContain("spark");
  }

  @Test
  void theFirstSweepOnAClusterBuildsSparkAndLaterBuildsKeepIt() throws Exception {
    makeMaven(
        """
        echo "$@" >> asked
        for m in cli spark; do
          case $* in *bitloom-$m*) mkdir -p bitloom-$m/target/lib ;; esac
        done""");
    assertThat(launch("sweep").err()).isEmpty();
    assertThat(launch("sweep", "--master=local").err())
        .isEqualTo("bitloom: building with Spark, 125 MB that Maven downloads the first time\n");
    assertThat(launch("sweep", "--master=local").err()).isEmpty();
    Files.delete(root.resolve("target/.built"));
    launch("help");
    assertThat(Files.readAllLines(root.resolve("asked")))
        .hasSize(2)
        .allMatch(words -> words.contains("bitloom-cli") && words.contains("bitloom-spark"));
  }

  @Test
  void aSparkOfTheUsersOwnIsTakenIfItIsOne() throws Exception {
    makeSpark();
    variables.put("SPARK_HOME", root.resolve("mine").toString());
    assertThat(launch("sweep", "--master=local").err())
        .isEqualTo(
            "bitloom: SPARK_HOME must hold jars/spark-core_2.13-4.*.jar,"
                + " found none in %s/mine/jars;".formatted(root)
                + " correct or unset it\n");
    write("mine/jars/spark-core_2.13-4.1.0.jar", "");
    assertThat(launch("sweep", "--master=local").out())
        .contains("bitloom-spark-0.1.0.jar:%s/mine/jars/*:".formatted(root));
  }

  private void makeSpark() throws IOException {
    write("bitloom-spark/target/bitloom-spark-0.1.0.jar", "");
    write("bitloom-spark/target/lib/spark-core.jar", "");
  }

  private void makeMaven(String body) throws IOException {
    script("bin/mvn", "#!/bin/sh\n" + body + "\n");
  }
}
