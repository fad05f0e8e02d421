package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bitloom.cli.LauncherProject.BUILDING;
import static org.bitloom.cli.LauncherProject.REPORTING_JAVA;
import static org.bitloom.cli.LauncherProject.SOURCE;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** When the launcher builds, and what becomes of earlier builds. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class LauncherBuildTest {
  private static final Instant PAST = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant FUTURE = Instant.parse("2222-01-01T00:00:00Z");

  @TempDir private Path temporary;
  private LauncherProject project;

  @BeforeEach
  void buildTheProject() throws Exception {
    project = new LauncherProject(temporary).built();
  }

  @Test
  void aChangedSourceIsBuiltOnce() throws Exception {
    assertThat(project.launch("help").err()).isEmpty();
    project.write(SOURCE, "changed");
    project.useMaven("touch bitloom-cli/target/lib/new.jar; rm bitloom-cli/target/lib/a.jar");
    Captured changed = project.launch("help");
    assertThat(changed.err()).isEqualTo(BUILDING);
    assertThat(changed.out()).contains("/lib/new.jar\n").doesNotContain("/a.jar");
    assertThat(project.launch("help").err()).isEmpty();
  }

  @Test
  void aDeletedSourceIsBuiltToo() throws Exception {
    Files.delete(project.root().resolve(SOURCE));
    assertThat(project.launch("help").err()).isEqualTo(BUILDING);
  }

  @Test
  void aSourceWithATimeInTheFutureIsBuiltOnce() throws Exception {
    project.write(SOURCE, "from another clock");
    Files.setLastModifiedTime(project.root().resolve(SOURCE), FileTime.from(FUTURE));
    assertThat(project.launch("help").err()).isEqualTo(BUILDING);
    assertThat(project.launch("help").err()).isEmpty();
  }

  @Test
  void anOldTimeDoesNotHideAChange() throws Exception {
    project.write(SOURCE, "unpacked from an old archive");
    Files.setLastModifiedTime(project.root().resolve(SOURCE), FileTime.from(PAST));
    assertThat(project.launch("help").err()).isEqualTo(BUILDING);
  }

  @Test
  void aClockThatWasPutBackDoesNotHideAChange() throws Exception {
    Files.setLastModifiedTime(project.root().resolve("target/.built"), FileTime.from(FUTURE));
    assertThat(project.launch("help").err()).isEmpty();
    Files.setLastModifiedTime(project.root().resolve("target/.built"), FileTime.from(FUTURE));
    project.write(SOURCE, "changed");
    assertThat(project.launch("help").err()).isEqualTo(BUILDING);
  }

  @Test
  void sourcesWithTheContentThatWasBuiltAreNotBuiltAgain() throws Exception {
    project.write(SOURCE, "");
    assertThat(project.launch("help").err()).isEmpty();
    project.write(SOURCE, "changed");
    project.launch("help");
    assertThat(project.asked()).hasContent("x");
  }

  /** The launcher keeps a lock for the JVM that it becomes; this JVM ends when its input does. */
  @Test
  void whoRunsKeepsItsJarsUntilItEnds() throws Exception {
    project.set("BITLOOM_OPTS", "");
    project.useJava("waiting", "17.0.1", "#!/bin/sh\necho started\ncat\n");
    Path mine = project.jars("cli");
    Process running = project.start("help");
    try (BufferedReader lines = running.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).isEqualTo("started");
      project.useJava("jdk", "17.0.1", REPORTING_JAVA);
      project.write(SOURCE, "changed");
      assertThat(project.launch("help").err()).isEqualTo(BUILDING);
      assertThat(mine.resolve("lib/a.jar")).exists();
      running.getOutputStream().close();
      running.waitFor();
    }
    project.write(SOURCE, "changed again");
    project.launch("help");
    assertThat(mine).doesNotExist();
  }

  @Test
  void twoStartsAtOnceBuildOnce() throws Exception {
    project.write(SOURCE, "changed");
    Path gate = project.root().resolve("gate");
    new ProcessBuilder("mkfifo", gate.toString()).start().waitFor();
    project.useMaven("read x < gate");
    Process first = project.start("help");
    BufferedReader said = LauncherProject.said(first);
    assertThat(said.readLine() + "\n").isEqualTo(BUILDING);
    Process second = project.start("help");
    BufferedReader waiting = LauncherProject.said(second);
    assertThat(waiting.readLine())
        .isEqualTo(
            "bitloom: waiting for another bitloom that builds in " + project.root().toRealPath());
    Files.writeString(gate, "go\n");
    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();
    assertThat(waiting.readLine()).isNull();
    assertThat(project.asked()).hasContent("x");
  }

  @Test
  void aFailedBuildShowsItsLogAndIsTriedAgain() throws Exception {
    project.useMaven("echo 'no such symbol'; exit 1");
    project.write(SOURCE, "wrong");
    for (int attempt = 0; attempt < 2; attempt++) {
      Captured failed = project.launch("help");
      assertThat(failed.err()).contains("no such symbol\nbitloom: the build failed");
      assertThat(failed.exitCode()).isEqualTo(1);
    }
  }
}
