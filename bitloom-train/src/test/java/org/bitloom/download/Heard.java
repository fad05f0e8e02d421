package org.bitloom.download;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a download tells. */
public final class Heard implements DownloadProgress {
  private final List<String> lines = new ArrayList<>();

  @Override
  public void started(URI address, Path target) {
    lines.add("started " + address.getPath() + " " + target.getFileName());
  }

  @Override
  public void received(long bytes, long total) {
    lines.add(bytes + "/" + total);
  }

  @Override
  public void lost() {
    lines.add("lost");
  }

  @Override
  public void finished(Path target) {
    lines.add("finished " + target.getFileName());
  }

  @Override
  public void unpacking(Path archive) {
    lines.add("unpacking " + archive.getFileName());
  }

  public List<String> lines() {
    return lines;
  }
}
