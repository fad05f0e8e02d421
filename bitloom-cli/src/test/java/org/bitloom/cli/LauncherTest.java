package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bitloom.cli.LauncherProject.REPORTING_JAVA;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher in a project that is built, with a Java that only reports. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class LauncherTest {
  @TempDir private Path temporary;
  private LauncherProject project;

  @BeforeEach
  void buildTheProject() throws Exception {
    project = new LauncherProject(temporary).built();
  }

  @Test
  void startsTheCommandWithItsClassPathAndWords() throws Exception {
    Captured result = project.launch("inspect", "a b", "*");
    String target = project.jars("cli") + "/";
    assertThat(result.out())
        .startsWith("OMP_WAIT_POLICY PASSIVE\n")
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
    assertThat(project.launch(linkToLink, "help").out()).contains(project.jars("cli").toString());
  }

  @Test
  void onlyTrainingGetsTheVectorModule() throws Exception {
    assertThat(project.launch("train").out()).contains("\n--add-modules\njdk.incubator.vector\n");
    assertThat(project.launch("train", "--help").out()).doesNotContain("jdk.incubator.vector");
    assertThat(project.launch("eval", "model").out()).doesNotContain("jdk.incubator.vector");
  }

  @Test
  void theWarningOfTheJvmIsTakenOutAndNothingElse() throws Exception {
    project.set("BITLOOM_OPTS", "");
    project.useJava(
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
    Captured result = project.launch("train");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.err()).contains("from bitloom\n").doesNotContain("incubator");
  }

  /** The engine prints there what a network of one's own says. */
  @Test
  void whatOthersPrintIsNotAmongTheResults() throws Exception {
    project.set("BITLOOM_OPTS", "");
    project.useJava(
        "loud",
        "17.0.1",
        """
            #!/bin/sh
            echo 'from a network'
            echo '{"accuracy":0.9}' >&4
            """);
    for (String command : List.of("train", "sweep", "eval", "embed", "scrub")) {
      Captured result = project.launch(command, "--json");
      assertThat(result.out()).isEqualTo("{\"accuracy\":0.9}\n");
      assertThat(result.exitCode()).isZero();
    }
  }

  @Test
  void anOldJavaIsRefusedInOneLine() throws Exception {
    project.useJava("old", "11.0.2", REPORTING_JAVA);
    Files.createDirectories(project.root().resolve("bin"));
    Files.createSymbolicLink(
        project.root().resolve("bin/java"), project.root().resolve("old/bin/java"));
    Captured result = project.launch("help");
    assertThat(result.err())
        .isEqualTo(
            "bitloom: Java 17 or newer is needed, found 11.0.2;"
                + " install a JDK 17+ or set JAVA_HOME to one\n");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void theJavaOnThePathStandsInForAnOldJavaHome() throws Exception {
    Path good = project.root().resolve("jdk");
    project.useJava("old", "11.0.2", "#!/bin/sh\nexit 9\n");
    Files.createDirectories(project.root().resolve("bin"));
    Files.createSymbolicLink(project.root().resolve("bin/java"), good.resolve("bin/java"));
    assertThat(project.launch("help").exitCode()).isZero();
  }
}
