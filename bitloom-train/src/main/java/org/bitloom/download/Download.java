package org.bitloom.download;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.bitloom.error.FailureException;
import org.bitloom.io.AtomicFiles;
import org.bitloom.io.Sha256;

/**
 * Fetches one file of a publisher.
 *
 * <p>The bytes gather in {@code NAME.part} beside the target. Whatever ends the download, the next
 * one goes on from there. Only when length and checksum are right, the file gets its name, in one
 * step. The caller holds the {@link FolderLock} of the folder.
 */
public final class Download {
  private static final int CHUNK = 1 << 16;
  private static final String LOGIN_HINT =
      "name the user too, as in https_proxy=http://USER:PASSWORD@HOST:PORT; or ";

  private final RemoteFile file;
  private final Path target;
  private final HttpAnswer.Route route;
  private final DownloadProgress progress;
  private final Path part;

  /** Bytes that the present connection brought. */
  private long brought;

  private Download(
      RemoteFile file, Path target, HttpAnswer.Route route, DownloadProgress progress) {
    this.file = file;
    this.target = target.toAbsolutePath();
    this.route = route;
    this.progress = progress;
    this.part = this.target.resolveSibling(this.target.getFileName() + ".part");
  }

  /**
   * Makes {@code target}, in a folder that exists, the published file; one that is there already is
   * only checked.
   *
   * @throws FailureException if the server is not reached, falls silent, has no such file, or
   *     offers other bytes than {@code file} promises
   * @throws IOException if the disk fails
   */
  public static void fetch(
      RemoteFile file, Path target, Patience patience, DownloadProgress progress)
      throws IOException {
    fetch(file, target, new HttpAnswer.Route(patience, Proxies.ofEnvironment()), progress);
  }

  static void fetch(RemoteFile file, Path target, HttpAnswer.Route route, DownloadProgress progress)
      throws IOException {
    new Download(file, target, route, progress).run();
  }

  private void run() throws IOException {
    if (Files.exists(target)) {
      checkBytes(target, target.toString(), "delete it, then it is downloaded anew");
      return;
    }
    progress.started(file.address(), target);
    receive();
    try {
      checkBytes(part, file.address().toString(), "run it again to start over, or " + byHand());
    } catch (FailureException e) {
      Files.delete(part);
      throw e;
    }
    AtomicFiles.moveFinished(part, target);
    progress.finished(target);
  }

  private String byHand() {
    return "put the file at " + target + " by hand";
  }

  private void receive() throws IOException {
    for (int connection = 1; sizeOfPart() < file.length(); connection++) {
      brought = 0;
      try {
        receiveRest(sizeOfPart());
      } catch (LostConnectionException e) {
        if (brought == 0 || connection == route.patience().connections()) {
          throw lost(e);
        }
        progress.lost();
        pause();
      }
    }
  }

  private long sizeOfPart() throws IOException {
    if (!Files.exists(part)) {
      return 0;
    }
    long size = Files.size(part);
    if (size <= file.length()) {
      return size;
    }
    Files.delete(part); // begun for another file of that name
    return 0;
  }

  private void receiveRest(long from) throws IOException {
    try (HttpAnswer answer = ask(from);
        FileChannel out =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.truncate(answer.status() == HttpAnswer.PARTIAL ? from : 0);
      out.position(out.size());
      copy(answer, out);
    }
  }

  /** Asks for the rest of the file, and for the whole if the server does not do rests. */
  private HttpAnswer ask(long from) throws IOException {
    HttpAnswer answer = HttpAnswer.to(file.address(), from, route);
    boolean otherRest =
        answer.status() == HttpAnswer.PARTIAL && !answer.isRest(from, file.length());
    if (from > 0 && (otherRest || answer.status() == HttpAnswer.RANGE_NOT_SATISFIABLE)) {
      answer.close();
      return ask(0);
    }
    try {
      checkAnswer(answer, from);
    } catch (FailureException e) {
      answer.close();
      throw e;
    }
    return answer;
  }

  private void checkAnswer(HttpAnswer answer, long from) {
    boolean rest = from > 0 && answer.status() == HttpAnswer.PARTIAL;
    if (answer.status() != HttpAnswer.OK && !rest) {
      String found = answer.status() < 0 ? "no HTTP" : "HTTP status " + answer.status();
      String through = answer.proxy().map(proxy -> ", through the proxy " + proxy).orElse("");
      throw new FailureException(
          answer.address() + " must offer the file, found " + found + through,
          answer.status() == HttpAnswer.PROXY_LOGIN ? LOGIN_HINT + byHand() : byHand());
    }
    boolean otherLength = answer.announced() >= 0 && answer.announced() != file.length();
    if (answer.status() == HttpAnswer.OK && otherLength) {
      throw new FailureException(
          answer.address()
              + ": length must be "
              + file.length()
              + " bytes, found "
              + answer.announced(),
          byHand());
    }
  }

  private void copy(HttpAnswer answer, FileChannel out) throws IOException {
    byte[] chunk = new byte[CHUNK];
    progress.received(out.position(), file.length());
    while (out.position() < file.length()) {
      int most = (int) Math.min(CHUNK, file.length() - out.position());
      int got = answer.read(chunk, most);
      if (got < 0) {
        throw new LostConnectionException(
            answer.address() + " must go on sending, found the connection closed");
      }
      ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, got);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      brought += got;
      progress.received(out.position(), file.length());
    }
  }

  private FailureException lost(LostConnectionException reason) throws IOException {
    long have = sizeOfPart();
    String next =
        have == 0
            ? "check the network and run it again, " + proxyHint() + "or "
            : "run it again to go on after " + have + " of " + file.length() + " bytes, or ";
    FailureException failure = new FailureException(reason.getMessage(), next + byHand());
    failure.initCause(reason);
    return failure;
  }

  /** Tells those behind a proxy how it is named; only who has named one knows. */
  private String proxyHint() {
    return route.proxies().of(file.address()).isPresent()
        ? ""
        : "behind a proxy with https_proxy and http_proxy set, ";
  }

  private void pause() throws IOException {
    try {
      Thread.sleep(route.patience().pause().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the download was interrupted");
    }
  }

  private void checkBytes(Path path, String name, String hint) throws IOException {
    String found = sha256(path);
    if (!found.equals(file.sha256())) {
      throw new FailureException(
          name
              + ": SHA-256"
              + (file.gzipped() ? " of the unpacked file" : "")
              + " must be "
              + file.sha256()
              + ", found "
              + found,
          hint);
    }
  }

  private String sha256(Path path) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream packed = Files.newInputStream(path);
        InputStream in = file.gzipped() ? new GZIPInputStream(packed, CHUNK) : packed) {
      byte[] chunk = new byte[CHUNK];
      for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
        digest.update(chunk, 0, got);
      }
    } catch (ZipException | EOFException e) {
      return "damaged gzip data (" + e.getMessage() + ")";
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
