package org.bitloom.watch;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Lets a request pass or refuses it, without saying anything back that came with it.
 *
 * <p>The Host must be this server by one of its names: a page of another site, whose name leads to
 * 127.0.0.1 all of a sudden, is told by that. The path must be the token and one of the fixed
 * names, to the letter; no path is ever looked for on the disk.
 */
final class Gate implements HttpHandler {
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int WRONG_METHOD = 405;
  private static final int NO_BODY = -1;

  private final Token token;
  private final List<String> hosts;
  private final Map<String, Supplier<Content>> site;
  private int answering;

  /**
   * Makes the gate of a site.
   *
   * @param port of the server
   * @param site what there is, by name; the empty name is the page
   */
  Gate(Token token, int port, Map<String, Supplier<Content>> site) {
    this.token = token;
    this.hosts = List.of("127.0.0.1:" + port, "localhost:" + port);
    this.site = Map.copyOf(site);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    count(1);
    try (exchange) {
      Headers headers = exchange.getResponseHeaders();
      headers.set("Cache-Control", "no-store");
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("X-Frame-Options", "DENY");
      headers.set("Referrer-Policy", "no-referrer");
      headers.set("Cross-Origin-Resource-Policy", "same-origin");
      headers.set("Cross-Origin-Opener-Policy", "same-origin");
      answer(exchange);
    } finally {
      count(-1);
    }
  }

  private synchronized void count(int more) {
    answering += more;
    notifyAll();
  }

  /** Waits until nobody is being answered, or for so many milliseconds. */
  synchronized void awaitIdle(long millis) throws InterruptedException {
    long until = System.nanoTime() + millis * 1_000_000;
    for (long left = millis; answering > 0 && left > 0; ) {
      wait(left);
      left = (until - System.nanoTime()) / 1_000_000;
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (!isOurHost(exchange.getRequestHeaders().get("Host"))) {
      refuse(exchange, FORBIDDEN, "this page is at http://" + hosts.get(0) + " only");
      return;
    }
    Supplier<Content> content = find(exchange.getRequestURI().toString());
    if (content == null) {
      refuse(exchange, NOT_FOUND, "not found");
      return;
    }
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      refuse(exchange, WRONG_METHOD, "only GET is allowed");
      return;
    }
    send(exchange, content.get());
  }

  private boolean isOurHost(List<String> given) {
    return given != null
        && given.size() == 1
        && hosts.contains(given.get(0).toLowerCase(Locale.ROOT));
  }

  /** Returns what a path names; null if it is not the token and a name. */
  private Supplier<Content> find(String path) {
    int end = path.indexOf('/', 1);
    if (!path.startsWith("/") || end < 0 || !token.is(path.substring(1, end))) {
      return null;
    }
    return site.get(path.substring(end + 1));
  }

  private static void send(HttpExchange exchange, Content content) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    String tag = "\"" + content.tag() + "\"";
    headers.set("ETag", tag);
    headers.set("Content-Type", content.type());
    headers.set("Content-Security-Policy", policy(content.type()));
    if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      exchange.sendResponseHeaders(NOT_MODIFIED, NO_BODY);
      return;
    }
    write(exchange, OK, content.bytes());
  }

  /** The page says itself what it may load; that nobody may frame it can only be said here. */
  private static String policy(String type) {
    String nobody = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    return type.equals(Content.HTML) ? nobody : "default-src 'none'; sandbox; " + nobody;
  }

  private static void refuse(HttpExchange exchange, int status, String text) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.getResponseHeaders().set("Content-Security-Policy", policy("text/plain"));
    exchange.getResponseHeaders().set("Connection", "close");
    write(exchange, status, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, NO_BODY);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
