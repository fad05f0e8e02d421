package org.bitloom.download;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server on loopback whose answers, right or wrong, are chosen by the test. */
public final class LoopbackServer implements AutoCloseable {
  private static final String LOGIN = "proxy-authorization: ";

  private final ServerSocket socket;
  private final List<Reply> replies;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** Answers the n-th connection with the n-th reply, all further ones with the last. */
  public LoopbackServer(Reply... replies) {
    this.replies = List.of(replies);
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** Answers one request; the connection is closed when it returns. */
  public interface Reply {
    void send(Request request, OutputStream out) throws IOException, InterruptedException;
  }

  /**
   * A request.
   *
   * @param path such as {@code /a.gz}
   * @param from first byte asked for; 0 if there is no Range
   * @param login what it tells a proxy about who asks; empty = nothing
   */
  public record Request(String path, int from, String login) {
    /** Tells no proxy who asks. */
    public Request(String path, int from) {
      this(path, from, "");
    }
  }

  private void accept() {
    while (true) {
      try {
        Socket connection = socket.accept();
        connections.add(connection);
        Reply reply = replies.get(Math.min(connections.size(), replies.size()) - 1);
        threads.execute(() -> answer(connection, reply));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void answer(Socket connection, Reply reply) {
    try (connection) {
      Request request = read(connection);
      requests.add(request);
      reply.send(request, connection.getOutputStream());
    } catch (IOException e) {
      // The client went away; what it made of that is for the test to see.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Request read(Socket connection) throws IOException {
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
    String path = String.valueOf(lines.readLine()).split(" ", -1)[1];
    int from = 0;
    String login = "";
    for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith(LOGIN)) {
        login = line.substring(LOGIN.length());
      }
      if (line.toLowerCase(Locale.ROOT).startsWith("range: bytes=")) {
        from = Integer.parseInt(line.substring("range: bytes=".length(), line.length() - 1));
      }
    }
    return new Request(path, from, login);
  }

  public URI address(String path) {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
  }

  /** Returns the port, for those who take it for a proxy. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Returns the requests in the order they came. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Returns the first byte that each request asked for. */
  public List<Integer> froms() {
    return requests.stream().map(Request::from).toList();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      socket.close();
      for (Socket connection : connections) {
        connection.close();
      }
      if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new AssertionError("threads of the server must end within 10 s, found some alive");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
