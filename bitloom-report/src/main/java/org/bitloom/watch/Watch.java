package org.bitloom.watch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.bitloom.error.UsageException;
import org.bitloom.report.ReportPage;

/**
 * Shows a run or a sweep as a page that changes with it, on this machine only, until it is closed.
 */
public final class Watch implements AutoCloseable {
  /** A page asks every second; one that has not for so long is gone. */
  private static final long GONE_NANOS = 4_000_000_000L;

  /** As long as a page may take to ask twice and to load what is new. */
  private static final long LAST_WAIT_MILLIS = 4_000;

  private static final String STANDING = "standing.json";
  private static final String DOCUMENT = "data.json";

  private final WatchedFolder folder;
  private final LocalServer server;
  private final AtomicLong asked;

  private Watch(WatchedFolder folder, LocalServer server, AtomicLong asked) {
    this.folder = folder;
    this.server = server;
    this.asked = asked;
  }

  /**
   * Begins to show a folder, which need not be there yet.
   *
   * @param port on 127.0.0.1; 0 = any free one
   * @throws UsageException if there is no such port
   * @throws org.bitloom.error.FailureException if the port is taken
   */
  public static Watch start(Path folder, int port) throws IOException {
    return start(new WatchedFolder(folder), port);
  }

  static Watch start(WatchedFolder folder, int port) throws IOException {
    AtomicLong asked = new AtomicLong(System.nanoTime() - GONE_NANOS);
    Content page = Content.of(Content.HTML, ReportPage.live(WatchedFolder.nothing(), STANDING));
    LocalServer server =
        LocalServer.start(
            port,
            Map.of(
                "",
                () -> page,
                STANDING,
                () -> {
                  asked.set(System.nanoTime());
                  return folder.standing();
                },
                DOCUMENT,
                folder::document));
    return new Watch(folder, server, asked);
  }

  /**
   * Checks that there is, or may come, something to see in a folder.
   *
   * @throws UsageException if it holds neither a run nor a sweep, but something else
   */
  public static void check(Path folder) throws IOException {
    WatchedFolder.check(folder);
  }

  /** Returns the address of the page; who knows it may look on. */
  public URI address() {
    return server.address();
  }

  /** Lets a page that is open take what there is last, then ends. */
  @Override
  public void close() {
    if (System.nanoTime() - asked.get() < GONE_NANOS) {
      folder.end();
      try {
        folder.awaitEndTold(LAST_WAIT_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    closeAtOnce();
  }

  /** Ends, whoever looks on. */
  void closeAtOnce() {
    server.close();
  }
}
