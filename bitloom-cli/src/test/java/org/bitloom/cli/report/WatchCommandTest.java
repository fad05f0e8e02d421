package org.bitloom.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.bitloom.cli.Captured;
import org.bitloom.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class WatchCommandTest {
  @TempDir private Path root;

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC}) // elsewhere a process cannot be asked to end
  void itServesUntilItIsStopped() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path = System.getProperty("java.class.path");
    String folder = root.resolve("later").toString();
    Process process =
        new ProcessBuilder(java, "-cp", path, Main.class.getName(), "watch", folder).start();
    BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    assertThat(line).startsWith("watch          http://127.0.0.1:");
    URI address = URI.create(line.substring("watch".length()).strip());
    HttpRequest request = HttpRequest.newBuilder(address).build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    assertThat(err.readLine()).contains("not there yet").endsWith("Ctrl-C ends it");
    process.toHandle().destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(err.readLine()).isNull();
    assertThat(root).isEmptyDirectory(); // it only reads
  }

  @Test
  void aFolderOfOtherThingsIsRefused() throws Exception {
    Files.writeString(root.resolve("thesis.txt"), "mine");
    Captured watch = Captured.run("watch " + root);
    assertThat(watch.exitCode()).isEqualTo(2);
    assertThat(watch.err()).contains("must be the folder of a run or of a sweep");
  }

  @Test
  void aNumberThatIsNoPortIsRefused() {
    Captured watch = Captured.run("watch --port 70000 " + root.resolve("later"));
    assertThat(watch.exitCode()).isEqualTo(2);
    assertThat(watch.err()).contains("port must be 0..65535, got 70000");
  }
}
