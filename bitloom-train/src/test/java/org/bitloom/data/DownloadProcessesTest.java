package org.bitloom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bitloom.download.Wanted.assertArrived;
import static org.bitloom.download.Wanted.bytes;
import static org.bitloom.download.Wanted.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bitloom.download.DownloadProgress;
import org.bitloom.download.FolderLock;
import org.bitloom.download.LoopbackServer;
import org.bitloom.download.Replies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes and threads that want the same file, and processes that are killed. */
@Timeout(120)
final class DownloadProcessesTest {
  @TempDir private Path folder;

  @Test
  void aKilledProcessLosesNothingAndBlocksNobody() throws Exception {
    LoopbackServer.Reply half = Replies.stallAfter(bytes(), 60_000);
    try (LoopbackServer server = new LoopbackServer(half, Replies.good(bytes()))) {
      Path part = folder.resolve("file.part");
      Process process = DownloadProgram.start(file(server), folder);
      while (process.isAlive() && (!Files.exists(part) || Files.size(part) < 60_000)) {
        process.waitFor(10, TimeUnit.MILLISECONDS);
      }
      process.destroyForcibly().waitFor();
      fetch(server, DownloadProgress.NONE);
      assertThat(server.froms()).containsExactly(0, 60_000);
    }
    assertArrived(folder);
  }

  @Test
  void twoProcessesFetchTheFileOnce() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    LoopbackServer.Reply slow =
        (request, out) -> {
          second.await();
          Replies.good(bytes()).send(request, out);
        };
    try (LoopbackServer server = new LoopbackServer(slow, Replies.status(500))) {
      Process process = DownloadProgram.start(file(server), folder);
      while (process.isAlive() && server.requests().isEmpty()) {
        process.waitFor(10, TimeUnit.MILLISECONDS);
      }
      fetch(
          server,
          new DownloadProgress() {
            @Override
            public void waiting(Path where) {
              second.countDown();
            }
          });
      assertThat(process.waitFor()).isZero();
      assertThat(server.requests()).hasSize(1);
    }
    assertArrived(folder);
  }

  @Test
  void threadsFetchTheFileOnce() {
    try (LoopbackServer server = new LoopbackServer(Replies.good(bytes()), Replies.status(500))) {
      List<CompletableFuture<Void>> threads =
          List.of(
              CompletableFuture.runAsync(() -> fetchUnchecked(server)),
              CompletableFuture.runAsync(() -> fetchUnchecked(server)),
              CompletableFuture.runAsync(() -> fetchUnchecked(server)));
      threads.forEach(CompletableFuture::join);
      assertThat(server.requests()).hasSize(1);
    }
    assertArrived(folder);
  }

  @Test
  void aLockThatIsHeldIsWaitedFor() throws IOException {
    FileChannel other =
        FileChannel.open(
            folder.resolve(FolderLock.NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    other.lock();
    boolean[] done = {false, false};
    FolderLock.run(
        folder,
        () -> {
          done[0] = true;
          close(other);
        },
        () -> done[1] = true);
    assertThat(done).containsExactly(true, true);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fetchUnchecked(LoopbackServer server) {
    try {
      fetch(server, DownloadProgress.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fetch(LoopbackServer server, DownloadProgress progress) throws IOException {
    DownloadProgram.fetch(file(server), folder, progress);
  }
}
