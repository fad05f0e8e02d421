package org.bitloom.watch;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;

/**
 * The JDK's server on 127.0.0.1, with bounds for whoever reaches it: connections, time and size of
 * a request, threads. They all are daemons of low priority, for a training may go on beside them.
 */
final class LocalServer implements AutoCloseable {
  /** A request that comes letter by letter holds a thread; they must not run out first. */
  private static final int THREADS = 96;

  private static final int CONNECTIONS = 96;
  private static final int BACKLOG = 64;
  private static final int MAX_PORT = 65_535;
  private static final int IDLE_SECONDS = 10;
  private static final int LAST_ANSWER_MILLIS = 2_000;

  static {
    // read once, when the JDK's server is first used; what the user has set stays
    bound("sun.net.httpserver.maxReqTime", 5); // seconds until a request is there
    bound("sun.net.httpserver.maxRspTime", 60); // seconds until its answer is taken
    bound("sun.net.httpserver.maxReqHeaders", 64);
    bound("sun.net.httpserver.maxReqHeaderSize", 32_768);
    bound("jdk.httpserver.maxConnections", CONNECTIONS);
    bound("sun.net.httpserver.maxIdleConnections", 64);
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final Gate gate;
  private final Token token;

  private LocalServer(HttpServer server, ThreadPoolExecutor threads, Gate gate, Token token) {
    this.server = server;
    this.threads = threads;
    this.gate = gate;
    this.token = token;
  }

  private static void bound(String property, int value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(value));
    }
  }

  /**
   * Checks a port before anything is begun.
   *
   * @throws UsageException if there is none of that number
   */
  static int checkPort(int port) {
    if (port < 0 || port > MAX_PORT) {
      throw new UsageException(
          "port must be 0..65535, got " + port, "leave it out, or give 0, for any free one");
    }
    return port;
  }

  /**
   * Begins to serve a site.
   *
   * @param port on 127.0.0.1; 0 = any free one
   * @param site what there is, by name; the empty name is the page
   * @throws FailureException if the port is taken or not allowed
   */
  static LocalServer start(int port, Map<String, Supplier<Content>> site) throws IOException {
    HttpServer server = bind(checkPort(port));
    Token token = Token.draw();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(CONNECTIONS),
            work -> thread(work, "bitloom-watch"));
    threads.allowCoreThreadTimeOut(true);
    server.setExecutor(threads);
    Gate gate = new Gate(token, server.getAddress().getPort(), site);
    server.createContext("/", gate);
    Thread starter = thread(server::start, "bitloom-watch-start");
    starter.start(); // its thread that accepts inherits what this one is
    try {
      starter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new LocalServer(server, threads, gate, token);
  }

  private static HttpServer bind(int port) throws IOException {
    InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try {
      return HttpServer.create(new InetSocketAddress(here, port), BACKLOG);
    } catch (BindException e) {
      String reason = String.valueOf(e.getMessage());
      String found =
          reason.toLowerCase(Locale.ROOT).contains("in use") ? "is in use" : "says " + reason;
      throw new FailureException(
          "port must be free on 127.0.0.1, " + port + " " + found,
          "choose another one, or leave it out for any free one");
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: training goes first, if it may
  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }

  /** Returns the address of the page, token included. */
  URI address() {
    return URI.create(
        "http://127.0.0.1:" + server.getAddress().getPort() + "/" + token.text() + "/");
  }

  /** Ends; who is being answered gets the answer first, but for clients that do not take it. */
  @Override
  public void close() {
    try {
      gate.awaitIdle(LAST_ANSWER_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
