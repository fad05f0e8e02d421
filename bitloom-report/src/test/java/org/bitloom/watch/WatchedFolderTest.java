package org.bitloom.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bitloom.error.UsageException;
import org.bitloom.io.Json;
import org.bitloom.io.ProcessLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchedFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final String AT =
      "{\"epoch\":2,\"epochs\":5,\"batch\":30,\"batches\":100,\"loss\":0.5}";

  @TempDir private Path root;
  private long nanos;
  private int made;
  private long cost;
  private boolean damaged;

  private Path folder() {
    return root.resolve("run");
  }

  private WatchedFolder watched() {
    return new WatchedFolder(folder(), () -> nanos, this::document);
  }

  private Map<String, Object> document(Path folder) throws IOException {
    made++;
    nanos += cost;
    if (damaged) {
      throw new IOException("damaged");
    }
    return Map.of("runs", List.of(made), "sweeps", List.of());
  }

  private void write(String name, String text) throws IOException {
    Path file = folder().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(NOW.plusNanos(nanos)));
    later();
  }

  private void later() {
    nanos += 1_000_000_000L;
  }

  private static Map<?, ?> json(Content content) {
    return (Map<?, ?>) Json.parse(new String(content.bytes(), StandardCharsets.UTF_8));
  }

  @Test
  void theEndIsToldByTheDocumentAfterTheStandingThatSaysSo() throws Exception {
    WatchedFolder watched = watched();
    watched.standing();
    watched.end();
    watched.document();
    assertThat(watched.awaitEndTold(0)).isFalse();
    watched.standing();
    watched.document();
    assertThat(watched.awaitEndTold(0)).isTrue();
  }

  @Test
  void aFolderThatIsNotThereYetIsWaitedFor() throws IOException {
    WatchedFolder watched = watched();
    assertThat(json(watched.standing()).get("standing")).isEqualTo("absent");
    assertThat(json(watched.document()).get("runs")).isEqualTo(List.of());
    write("config.json", "{}");
    assertThat(json(watched.standing()).get("standing")).isEqualTo("stopped");
    assertThat(json(watched.document()).get("runs")).isEqualTo(List.of(1L));
  }

  @Test
  void aRunAtWorkTellsItsEpochAndBatch() throws IOException {
    write("config.json", "{}");
    write("progress.json", AT);
    Files.createDirectories(folder().resolve("checkpoint"));
    Path file = folder().resolve("checkpoint").resolve("lock");
    try (ProcessLock lock = ProcessLock.tryLock(file).orElseThrow()) {
      assertThat(lock).isNotNull();
      Map<?, ?> standing = json(watched().standing());
      assertThat(standing.get("standing")).isEqualTo("working");
      assertThat(((Map<?, ?>) standing.get("at")).get("batch")).isEqualTo(30L);
    }
  }

  @Test
  void aRunThatWasKilledTellsSinceWhenThereIsNoSignOfLife() throws IOException {
    write("config.json", "{}");
    long last = NOW.plusNanos(nanos).toEpochMilli();
    write("progress.json", AT);
    Map<?, ?> standing = json(watched().standing());
    assertThat(standing.get("standing")).isEqualTo("killed");
    assertThat(standing.get("sign")).isEqualTo(last);
  }

  @Test
  void theDocumentIsMadeOnlyWhenTheFolderHasChanged() throws IOException {
    write("config.json", "{}");
    WatchedFolder watched = watched();
    String first = watched.document().tag();
    for (int i = 0; i < 1000; i++) {
      later();
      watched.standing();
      assertThat(watched.document().tag()).isEqualTo(first);
    }
    assertThat(made).isEqualTo(1);
    write("metrics.jsonl", "{}\n");
    assertThat(watched.document().tag()).isNotEqualTo(first);
    assertThat(made).isEqualTo(2);
  }

  @Test
  void whoAsksOftenDoesNotMakeItLookOften() throws IOException {
    write("config.json", "{}");
    WatchedFolder watched = watched();
    Content first = watched.standing();
    Files.writeString(folder().resolve("progress.json"), AT);
    assertThat(watched.standing()).isEqualTo(first);
    later();
    assertThat(watched.standing()).isNotEqualTo(first);
  }

  @Test
  void aSlowDocumentIsNotMadeAgainAtOnce() throws IOException {
    write("config.json", "{}");
    cost = 2_000_000_000L;
    WatchedFolder watched = watched();
    watched.document();
    write("metrics.jsonl", "{}\n");
    watched.document();
    assertThat(made).isEqualTo(1);
    nanos += 10 * cost;
    watched.document();
    assertThat(made).isEqualTo(2);
  }

  @Test
  void anotherRunInTheSameFolderIsAnotherOne() throws IOException {
    write("config.json", "{}");
    WatchedFolder watched = watched();
    Object first = json(watched.standing()).get("id");
    write("metrics.jsonl", "{}\n");
    assertThat(json(watched.standing()).get("id")).isEqualTo(first);
    write("config.json", "{}");
    assertThat(json(watched.standing()).get("id")).isNotEqualTo(first);
  }

  @Test
  void aDamagedFolderKeepsTheLastGoodDocumentAndTellsTheDamage() throws IOException {
    write("config.json", "{}");
    WatchedFolder watched = watched();
    Content good = watched.document();
    damaged = true;
    write("config.json", "{");
    assertThat(watched.document()).isEqualTo(good);
    assertThat(json(watched.standing()).get("problem")).isEqualTo("damaged");
    damaged = false;
    later();
    assertThat(watched.document()).isNotEqualTo(good);
    assertThat(json(watched.standing()).get("problem")).isNull();
  }

  @Test
  void aFolderThatIsDeletedIsToldAsNothing() throws IOException {
    write("config.json", "{}");
    WatchedFolder watched = watched();
    watched.document();
    Files.delete(folder().resolve("config.json"));
    later();
    assertThat(json(watched.standing()).get("standing")).isEqualTo("absent");
    assertThat(json(watched.document()).get("runs")).isEqualTo(List.of());
  }

  @Test
  void aFolderOfOtherThingsIsRefused() throws IOException {
    write("thesis.txt", "mine");
    assertThatThrownBy(() -> WatchedFolder.check(folder()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("must be the folder of a run or of a sweep");
    assertThatThrownBy(() -> WatchedFolder.check(folder().resolve("thesis.txt")))
        .isInstanceOf(UsageException.class);
  }

  @Test
  void aFolderThatIsEmptyOrJustBegunMayBecomeARun() throws IOException {
    Files.createDirectories(folder().resolve("checkpoint"));
    WatchedFolder.check(folder());
    assertThat(json(watched().standing()).get("standing")).isEqualTo("absent");
  }
}
