package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bitloom.cli.LauncherProject.BUILDING;
import static org.bitloom.cli.LauncherProject.SOURCE;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher builds and starts for a cluster and for the benchmarks. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class LauncherModulesTest {
  @TempDir private Path temporary;
  private LauncherProject project;

  @BeforeEach
  void buildTheProject() throws Exception {
    project = new LauncherProject(temporary).built();
  }

  @Test
  void aSweepOnAClusterGetsSparkFirstAndItsWorkersNothingOfIt() throws Exception {
    project.useMaven("touch bitloom-cli/target/lib/slf4j-nop-2.jar");
    project.write(SOURCE, "changed");
    Captured result = project.launch("sweep", "--master", "local[2]");
    String cli = project.jars("cli") + "/";
    String spark = project.jars("spark") + "/";
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
    assertThat(project.launch("sweep").out())
        .doesNotContain("spark")
        .doesNotContain("--add-opens=");
    assertThat(project.launch("sweep", "--master", "x", "--help").out()).doesNotContain("spark");
    assertThat(project.launch("train", "--master=x").out()).doesNotContain("spark");
    assertThat(project.asked()).doesNotExist();
  }

  @Test
  void theFirstSweepOnAClusterAddsSparkToTheBuildThatOthersRun() throws Exception {
    Path mine = project.jars("cli");
    Object before = Files.readAttributes(mine, "unix:ino").get("ino");
    assertThat(project.launch("sweep", "--master=local").err())
        .isEqualTo("bitloom: building with Spark, 125 MB that Maven downloads the first time\n");
    assertThat(project.launch("sweep", "--master=local").err()).isEmpty();
    assertThat(project.jars("cli")).isEqualTo(mine);
    assertThat(Files.readAttributes(mine, "unix:ino").get("ino")).isEqualTo(before);
  }

  @Test
  void theBenchmarksAreBuiltBesideTheCommand() throws Exception {
    Path bench = project.root().resolve("bitloom-bench");
    assertThat(project.launch(bench, "step").err()).isEqualTo(BUILDING);
    assertThat(project.launch("help").err()).isEmpty();
    assertThat(project.launch(bench, "step").err()).isEmpty();
    assertThat(project.launch(bench, "memory").out())
        .contains("\norg.bitloom.bench.Main\nmemory\n")
        .contains(project.jars("benchmarks") + "/lib/a.jar");
  }

  @Test
  void aSparkOfTheUsersOwnIsTakenIfItIsOne() throws Exception {
    project.launch("sweep", "--master=local");
    project.set("SPARK_HOME", project.root().resolve("mine").toString());
    assertThat(project.launch("sweep", "--master=local").err())
        .isEqualTo(
            "bitloom: SPARK_HOME must hold jars/spark-core_2.13-4.*.jar,"
                + " found none in %s/mine/jars;".formatted(project.root())
                + " correct or unset it\n");
    project.write("mine/jars/spark-core_2.13-4.1.0.jar", "");
    assertThat(project.launch("sweep", "--master=local").out())
        .contains("bitloom-spark-0.1.0.jar:%s/mine/jars/*:".formatted(project.root()));
  }
}
