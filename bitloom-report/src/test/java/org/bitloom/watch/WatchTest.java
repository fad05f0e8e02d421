package org.bitloom.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path root;

  private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }

  @Test
  void thePageAsksForNothingButWhatIsThere() throws Exception {
    Watch watch = Watch.start(root.resolve("later"), 0);
    String page = get(watch.address()).body();
    assertThat(page).contains("data-live=\"standing.json\"").contains("connect-src 'self'");
    for (String name : List.of("standing.json", "data.json")) {
      assertThat(get(watch.address().resolve(name)).statusCode()).as(name).isEqualTo(200);
    }
    watch.closeAtOnce();
  }

  @Test
  void manyWhoAskAtOnceGetTheSame() throws Exception {
    Files.createDirectories(root.resolve("run"));
    Files.writeString(root.resolve("run").resolve("config.json"), "{}");
    WatchedFolder folder =
        new WatchedFolder(
            root.resolve("run"),
            System::nanoTime,
            path -> Map.of("runs", List.of("x".repeat(1_000_000))));
    ExecutorService many = Executors.newFixedThreadPool(16);
    try (Watch watch = Watch.start(folder, 0)) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        answers.add(many.submit(() -> get(watch.address().resolve("data.json")).body()));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).hasSize(1_000_000 + 13);
      }
    } finally {
      many.shutdownNow();
    }
  }

  @Test
  void anOpenPageGetsWhatThereIsLastBeforeTheServerGoes() throws Exception {
    Watch watch = Watch.start(root.resolve("later"), 0);
    URI standing = watch.address().resolve("standing.json");
    assertThat(get(standing).body()).contains("\"ending\":false");
    Thread ending = new Thread(watch::close);
    ending.start();
    String body = get(standing).body();
    while (body.contains("\"ending\":false")) {
      body = get(standing).body();
    }
    assertThat(ending.isAlive()).isTrue();
    assertThat(get(watch.address().resolve("data.json")).statusCode()).isEqualTo(200);
    ending.join();
    assertThatThrownBy(() -> get(standing)).isInstanceOf(IOException.class);
  }

  @Test
  void withoutAnOpenPageItGoesAtOnce() throws Exception {
    Watch watch = Watch.start(root.resolve("later"), 0);
    URI address = watch.address();
    watch.close();
    assertThatThrownBy(() -> get(address)).isInstanceOf(IOException.class);
  }
}
