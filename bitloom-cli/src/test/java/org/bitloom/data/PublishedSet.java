package org.bitloom.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.bitloom.download.DownloadProgress;
import org.bitloom.download.Patience;
import org.bitloom.download.RemoteFile;
import org.bitloom.io.Sha256;

/** A server on loopback that offers fashion-mnist as four files, each 1000 zeros, gzipped. */
public final class PublishedSet implements AutoCloseable {
  private static final byte[] FILE = new byte[1000];
  private static final byte[] PACKED = gzip(FILE);
  private final HttpServer server;
  private final int status;

  /** Answers with the files if {@code status} is 200, else with the status alone. */
  public PublishedSet(int status) throws IOException {
    this.status = status;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, status == 200 ? PACKED.length : -1);
      if (status == 200) {
        exchange.getResponseBody().write(PACKED);
      }
    }
  }

  /** Returns the length of each file as it is offered, in bytes. */
  public static int length() {
    return PACKED.length;
  }

  /** Returns the address of the first file. */
  public URI address() {
    return address(FileLayout.IDX.files().get(0));
  }

  private URI address(String name) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name + ".gz");
  }

  /** Returns the data sets of a machine that has only a cache and knows only this server. */
  public DataSets sets(Path cache, DownloadProgress progress) {
    String sha256 = HexFormat.of().formatHex(Sha256.digest().digest(FILE));
    List<RemoteFile> files =
        FileLayout.IDX.files().stream()
            .map(name -> new RemoteFile(address(name), PACKED.length, sha256, true))
            .toList();
    return new DataSets(
        new DataPlaces(Optional.empty(), List.of(cache)),
        new Publishers(Map.of(KnownSet.FASHION_MNIST, files), Patience.USUAL),
        progress);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
