package org.bitloom.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a new worker meets who starts it: a socket in a folder that no other user may enter.
 *
 * <p>It is there until the two have met or the worker has died.
 */
final class Rendezvous implements AutoCloseable {
  /** Of the path of a socket; the least that a system allows is 104 with the end. */
  private static final int MOST_BYTES = 100;

  private static final Path USUAL = Path.of("/tmp");

  private final Path socket;
  private final ServerSocketChannel server;

  /** Opens a socket in a new folder among the temporary files. */
  Rendezvous() throws IOException {
    socket = newFolder().resolve("socket");
    try {
      server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      server.bind(UnixDomainSocketAddress.of(socket));
    } catch (IOException | RuntimeException e) {
      delete(socket);
      throw e;
    }
  }

  /** Makes a folder whose path is short enough; a cluster's own may be too long. */
  private static Path newFolder() throws IOException {
    Path folder = Files.createTempDirectory("bitloom");
    if (folder.resolve("socket").toString().length() > MOST_BYTES && Files.isWritable(USUAL)) {
      Files.delete(folder);
      return Files.createTempDirectory(USUAL, "bitloom");
    }
    return folder;
  }

  /** Returns the path of the socket. */
  Path socket() {
    return socket;
  }

  /**
   * Waits for the worker.
   *
   * @throws IOException if this is closed before it comes
   */
  JsonChannel accept() throws IOException {
    return new JsonChannel(server.accept());
  }

  /**
   * Goes to the socket from the other side, and takes it away: whoever made it may be killed before
   * it can.
   */
  static JsonChannel connect(Path socket) throws IOException {
    try {
      return new JsonChannel(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    } finally {
      delete(socket);
    }
  }

  private static void delete(Path socket) throws IOException {
    Files.deleteIfExists(socket);
    Files.deleteIfExists(socket.getParent());
  }

  @Override
  public synchronized void close() throws IOException {
    server.close();
    delete(socket);
  }
}
