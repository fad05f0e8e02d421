package org.bitloom.cli.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.bitloom.download.DownloadProgress;

/**
 * Shows downloads on stderr: a line when one begins and one when it ends; between them a live line
 * on a terminal, elsewhere a line now and then.
 */
public final class DownloadLines implements DownloadProgress {
  private static final long LIVE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long PIPED_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final LiveLine live;
  private final LongSupplier clock;
  private Path folder = Path.of("");
  private String name = "";
  private long startNanos;
  private long shownNanos;

  /** What was there when the download began; -1 = not told yet. */
  private long startBytes;

  private long bytes;

  public DownloadLines(Console console) {
    this(console, System::nanoTime);
  }

  /** Creates lines whose time comes from {@code clock}, in nanoseconds. */
  DownloadLines(Console console, LongSupplier clock) {
    this.live = new LiveLine(console);
    this.clock = clock;
  }

  @Override
  public void waiting(Path folder) {
    live.line("waiting for another bitloom that downloads into " + folder);
  }

  @Override
  public void started(URI address, Path target) {
    name = String.valueOf(target.getFileName());
    startNanos = clock.getAsLong();
    shownNanos = startNanos;
    startBytes = -1;
    Path into = target.getParent();
    live.line("downloading " + address + (into.equals(folder) ? "" : " into " + into));
    folder = into;
  }

  @Override
  public void received(long received, long total) {
    bytes = received;
    if (startBytes < 0 || received < startBytes) {
      startBytes = received;
    }
    long now = clock.getAsLong();
    if (now - shownNanos < (live.isLive() ? LIVE_NANOS : PIPED_NANOS)) {
      return;
    }
    shownNanos = now;
    if (live.isLive()) {
      live.show(standing(total, now));
    } else {
      live.line(standing(total, now));
    }
  }

  private String standing(long total, long now) {
    double perSecond = (bytes - startBytes) / ((now - startNanos) / 1e9);
    return Figures.format(
        "%s  %s of %s  %.0f %%  %s/s  %s left",
        name,
        Figures.bytes(bytes),
        Figures.bytes(total),
        Math.floor(100.0 * bytes / total),
        Figures.bytes(Math.round(perSecond)),
        Figures.duration((total - bytes) / perSecond));
  }

  @Override
  public void lost() {
    live.line(name + "  connection lost after " + Figures.bytes(bytes) + ", going on");
  }

  @Override
  public void finished(Path target) {
    double seconds = (clock.getAsLong() - startNanos) / 1e9;
    live.line(name + "  " + Figures.bytes(bytes) + ", checksum good, " + Figures.duration(seconds));
  }

  @Override
  public void unpacking(Path archive) {
    live.line("unpacking " + archive.getFileName());
  }
}
