package org.bitloom.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.cli.FakeLibrary;
import org.bitloom.cli.Main;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.Library;
import org.bitloom.cli.command.StopSignal;
import org.bitloom.run.RunContext;
import org.bitloom.run.RunOutcome;
import org.bitloom.session.Evaluation;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.settings.RunSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainWatchTest {
  private static final String LINE =
      "watch          (http://127\\.0\\.0\\.1:[0-9]+/[A-Za-z0-9_-]{22,}/)";

  @TempDir private Path root;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final LookingLibrary library = new LookingLibrary();

  /** Trains nothing, but looks at the page as a reader would while a run goes on. */
  private final class LookingLibrary implements Library {
    private final FakeLibrary fake = new FakeLibrary(true, null);
    private int status;

    @Override
    public RunOutcome start(RunSettings settings, RunContext where) {
      status = address().isEmpty() ? 0 : get(URI.create(address()).resolve("data.json"));
      return fake.start(settings, where);
    }

    @Override
    public RunSettings settings(Path folder) {
      return fake.settings(folder);
    }

    @Override
    public RunOutcome resume(RunContext where) {
      return fake.resume(where);
    }

    @Override
    public Evaluation evaluate(
        Evaluation.Source source, Evaluation.Data data, int threads, DeviceChoice device) {
      return fake.evaluate(source, data, threads, device);
    }
  }

  private static int get(URI address) {
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
      return answer.statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private int train(String... more) {
    List<String> words = new ArrayList<>(List.of("train", "--out", root.resolve("a").toString()));
    words.addAll(List.of(more));
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            0);
    return Main.run(words.toArray(String[]::new), console, library, new StopSignal());
  }

  private String address() {
    String first = err.toString(StandardCharsets.UTF_8).lines().findFirst().orElse("");
    return first.matches(LINE) ? first.replaceFirst(LINE, "$1") : "";
  }

  @Test
  void theAddressIsToldFirstAndThePageIsThereWhileItTrains() {
    assertThat(train("--watch")).isZero();
    assertThat(library.status).isEqualTo(200);
  }

  @Test
  void aQuietCommandTellsTheAddressAndNothingElse() {
    assertThat(train("--watch", "--quiet")).isZero();
    assertThat(library.status).isEqualTo(200);
    assertThat(err.toString(StandardCharsets.UTF_8)).matches(LINE + "\\R");
  }

  @Test
  void withJsonStdoutHoldsTheObjectOnly() {
    assertThat(train("--watch", "--json")).isZero();
    assertThat(library.status).isEqualTo(200);
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("{").doesNotContain("127.0.0.1");
  }

  @Test
  void theServerEndsWithTheCommand() {
    train("--watch");
    assertThatThrownBy(() -> get(URI.create(address()))).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void withoutTheOptionNothingIsServed() {
    train();
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("127.0.0.1");
  }

  @Test
  void aPortInUseIsToldBeforeTheTraining() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(train("--watch=" + taken.getLocalPort())).isEqualTo(1);
      assertThat(library.fake.asked).isNull();
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains("port must be free on 127.0.0.1, " + taken.getLocalPort() + " is in use");
    }
  }
}
