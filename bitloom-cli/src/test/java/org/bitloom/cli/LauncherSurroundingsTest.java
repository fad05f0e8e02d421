package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bitloom.cli.LauncherProject.SOURCE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts in the surroundings that people have. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class LauncherSurroundingsTest {
  @TempDir private Path temporary;
  private LauncherProject project;

  @BeforeEach
  void buildTheProject() throws Exception {
    project = new LauncherProject(temporary).built();
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({"LANG, en_US.UTF-8", "LANG, C", "LC_ALL, POSIX", "LC_CTYPE, de_AT@euro", "LANG, ''"})
  void aLocaleThatKnowsNoLettersIsReplacedForTheCommandAndTheBuild(String name, String value)
      throws Exception {
    project.set("LANG", "");
    project.set(name, value);
    project.write(SOURCE, "changed");
    assertThat(project.launch("inspect", "größe").out()).contains("LC_ALL C.UTF-8\n", "größe\n");
    assertThat(project.root().resolve("words")).content().contains("LC_ALL C.UTF-8\n");
  }

  @Test
  void aLocaleThatIsInstalledStays() throws Exception {
    project.set("LANG", "C.UTF-8");
    assertThat(project.launch("help").out()).contains("LC_ALL\n");
  }

  @Test
  void homeDecidesWhereFilesOfTheUserGo() throws Exception {
    project.set("HOME", temporary.toString());
    project.write(SOURCE, "changed");
    assertThat(project.launch("help").out())
        .contains("\n-Duser.home=" + temporary + "\n", "DJL_CACHE_DIR\n");
    assertThat(project.root().resolve("words"))
        .content()
        .contains("\"-Duser.home=" + temporary + "\"\n")
        .doesNotContain("maven.repo.local");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/no/such/home", "/dev/null"})
  void whereHomeCannotBeWrittenTheProjectKeepsEngineAndRepository(String home) throws Exception {
    project.set("HOME", home);
    project.write(SOURCE, "changed");
    Path target = project.root().toRealPath().resolve("target");
    assertThat(project.launch("help").out()).contains("DJL_CACHE_DIR " + target + "/engine\n");
    assertThat(project.root().resolve("words"))
        .content()
        .contains("-Dmaven.repo.local=" + target + "/repository ");
  }

  @Test
  void withoutAHomeThereIsStillOne() throws Exception {
    project.set("HOME", "");
    assertThat(project.launch("help").out()).containsPattern("\n-Duser.home=/[^?]*\n");
    project.set("HOME", "not/absolute");
    assertThat(project.launch("help").out()).containsPattern("\n-Duser.home=/[^?]*\n");
  }

  @ParameterizedTest
  @CsvSource({
    "JAVA_TOOL_OPTIONS, -XX:+UseZGC",
    "_JAVA_OPTIONS, -Xms1g -XX:+UseParallelGC -Dx=y",
    "JDK_JAVA_OPTIONS, '\"-XX:+UseG1GC\"'",
    "BITLOOM_OPTS, -XX:+UseShenandoahGC",
    "BITLOOM_OPTS, -XX:+UnlockExperimentalVMOptions -XX:+UseEpsilonGC",
    "BITLOOM_OPTS, -XX:+UseSerialGC"
  })
  void theCollectorOfTheUserIsTheOnlyOne(String name, String value) throws Exception {
    project.set("BITLOOM_OPTS", "");
    project.set(name, value);
    String given = name.equals("BITLOOM_OPTS") ? value : "";
    assertThat(project.launch("help").out().lines().filter(word -> word.endsWith("SerialGC")))
        .hasSize(given.endsWith("SerialGC") ? 1 : 0);
  }

  @Test
  void withoutOneItIsTheSerialCollector() throws Exception {
    project.set("BITLOOM_OPTS", "-XX:+UseGCOverheadLimit");
    assertThat(project.launch("help").out()).contains("\n-XX:+UseSerialGC\n");
  }

  /** The options may stand in files that only the JVM reads. */
  @Test
  void aCollectorThatOnlyTheJvmSeesWinsToo() throws Exception {
    project.useJava(
        "choosy",
        "17.0.1",
        """
        #!/bin/sh
        case "$*" in *SerialGC*) echo 'Conflicting collector combinations' >&2; exit 1 ;; esac
        echo started
        """);
    project.set("BITLOOM_OPTS", "@/a/file");
    assertThat(project.launch("help")).isEqualTo(new Captured(0, "started\n", ""));
  }

  @Test
  void optionsThatTheJvmRefusesAreToldWithTheirVariables() throws Exception {
    project.set("JAVA_TOOL_OPTIONS", "-Dharmless=1");
    project.set("BITLOOM_OPTS", "-XX:+Broken");
    assertThat(project.launch("train"))
        .isEqualTo(
            new Captured(
                1,
                "",
                "bitloom: the JVM must start with the options in JAVA_TOOL_OPTIONS, BITLOOM_OPTS,"
                    + " found: Unrecognized VM option 'Broken'; correct or unset them\n"));
  }

  @Test
  void aWordThatIsNoOptionIsRefused() throws Exception {
    project.set("BITLOOM_OPTS", "Xmx8g");
    assertThat(project.launch("help").err())
        .isEqualTo(
            "bitloom: BITLOOM_OPTS must hold options of the JVM, found Xmx8g;"
                + " write it like -Xmx8g\n");
  }

  @Test
  void closedDescriptorsAreTakenByNothingThatIsOpenedLater() throws Exception {
    project.set("BITLOOM_OPTS", "");
    project.useJava(
        "writing",
        "17.0.1",
        """
        #!/bin/sh
        for n in 0 1 2; do [ -e /dev/fd/$n ] || exit 9; done
        eval "echo text >&$CLOSED" && exit 8
        exit 0
        """);
    for (String closed : List.of("1", "2")) {
      project.set("CLOSED", closed);
      assertThat(project.shell("help " + closed + ">&-").exitCode()).isZero();
      assertThat(project.shell("help <&- " + closed + ">&-").exitCode()).isZero();
    }
  }

  @Test
  void scriptsKeepTheirLineEndsInEveryClone() throws Exception {
    Path attributes = Path.of(System.getProperty("bitloom.root"), ".gitattributes");
    assertThat(attributes).content().contains("* text=auto eol=lf\n");
    for (String script : List.of("bitloom", "bitloom-bench", ".mvn/build.sh")) {
      assertThat(project.root().resolve(script)).content().doesNotContain("\r");
    }
  }

  @Test
  void aReleaseStartsWithoutSourcesAndMaven() throws Exception {
    Path release = Files.createDirectories(temporary.resolve("release/lib"));
    Files.copy(project.root().resolve("bitloom"), release.resolveSibling("bitloom"));
    Files.createFile(release.resolve("bitloom-cli-0.1.0.jar"));
    Captured result = project.launch(release.resolveSibling("bitloom"), "help");
    assertThat(result.out())
        .contains("\n-cp\n" + release.toRealPath() + "/bitloom-cli-0.1.0.jar\n");
    assertThat(project.launch(release.resolveSibling("bitloom"), "sweep", "--master=x").err())
        .isEqualTo(
            "bitloom: sweep --master needs Spark, which a release does not hold;"
                + " set SPARK_HOME to a Spark 4\n");
    assertThat(project.asked()).doesNotExist();
  }
}
