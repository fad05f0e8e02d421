package org.bitloom.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.error.FailureException;

/** The answer of a server to the request for a file or for the rest of it. */
final class HttpAnswer implements AutoCloseable {
  static final int OK = HttpURLConnection.HTTP_OK;
  static final int PARTIAL = HttpURLConnection.HTTP_PARTIAL;
  static final int PROXY_LOGIN = HttpURLConnection.HTTP_PROXY_AUTH;
  static final int RANGE_NOT_SATISFIABLE = 416;

  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");
  private static final String HINT = "the publisher may have moved it: look for it by hand";

  private final URI address;
  private final HttpURLConnection connection;
  private final Route route;
  private final int status;
  private InputStream body;

  /**
   * How a server is reached.
   *
   * @param patience with it
   * @param proxies between
   */
  record Route(Patience patience, Proxies proxies) {
    /** Adds the proxy to what happened on the way to an address. */
    LostConnectionException through(URI address, LostConnectionException lost) {
      return proxies.of(address).map(proxy -> lost.through(proxy.toString())).orElse(lost);
    }
  }

  private HttpAnswer(URI address, HttpURLConnection connection, Route route)
      throws LostConnectionException {
    this.address = address;
    this.connection = connection;
    this.route = route;
    try {
      this.status = connection.getResponseCode();
    } catch (IOException e) {
      connection.disconnect();
      throw lost(LostConnectionException.receiving(address, route.patience(), e));
    }
  }

  private LostConnectionException lost(LostConnectionException reason) {
    return route.through(address, reason);
  }

  /**
   * Asks for the bytes from {@code from} on, and follows redirects from http to http or https and
   * from https to https.
   *
   * @throws LostConnectionException if the server is not reached or does not answer in time
   * @throws FailureException if redirects lead nowhere
   */
  static HttpAnswer to(URI address, long from, Route route) throws LostConnectionException {
    URI at = address;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpAnswer answer = new HttpAnswer(at, connect(at, from, route), route);
      if (!REDIRECTS.contains(answer.status)) {
        return answer;
      }
      at = answer.next();
      answer.close();
    }
    throw new FailureException(
        address + " must lead to a file by at most " + MOST_REDIRECTS + " redirects, found more",
        HINT);
  }

  private static HttpURLConnection connect(URI address, long from, Route route)
      throws LostConnectionException {
    Patience patience = route.patience();
    try {
      HttpURLConnection connection = open(address, route.proxies());
      connection.setInstanceFollowRedirects(false); // it would not follow from http to https
      connection.setConnectTimeout((int) patience.connect().toMillis());
      connection.setReadTimeout((int) patience.silence().toMillis());
      connection.setUseCaches(false);
      connection.setRequestProperty("Connection", "close");
      connection.setRequestProperty("Accept-Encoding", "identity");
      connection.setRequestProperty("User-Agent", "bitloom");
      if (from > 0) {
        connection.setRequestProperty("Range", "bytes=" + from + "-");
      }
      connection.connect();
      return connection;
    } catch (IOException e) {
      throw route.through(address, LostConnectionException.connecting(address, patience, e));
    }
  }

  private static HttpURLConnection open(URI address, Proxies proxies) throws IOException {
    Optional<ProxyServer> proxy = proxies.of(address);
    if (proxy.isEmpty()) {
      return (HttpURLConnection) address.toURL().openConnection();
    }
    Authenticator authenticator = proxy.get().authenticator(); // before the JVM's class for HTTP
    HttpURLConnection connection =
        (HttpURLConnection) address.toURL().openConnection(proxy.get().proxy());
    if (authenticator != null) {
      connection.setAuthenticator(authenticator);
    }
    return connection;
  }

  private URI next() {
    String location = String.valueOf(connection.getHeaderField("Location"));
    Optional<URI> next = resolve(location);
    if (next.isEmpty()) {
      close();
      throw new FailureException(
          address + " must redirect to an address in http or https, found " + location, HINT);
    }
    return next.get();
  }

  /** A redirect out of https is refused, as browsers do. */
  private Optional<URI> resolve(String location) {
    try {
      URI next = address.resolve(location);
      boolean good =
          "https".equals(next.getScheme())
              || ("http".equals(next.getScheme()) && "http".equals(address.getScheme()));
      return good && next.getHost() != null ? Optional.of(next) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the address that answered, the last one of the redirects. */
  URI address() {
    return address;
  }

  /** Returns the proxy between, as messages name it. */
  Optional<String> proxy() {
    return route.proxies().of(address).map(ProxyServer::toString);
  }

  /** Returns the HTTP status, or -1 if the answer is not HTTP. */
  int status() {
    return status;
  }

  /** Says whether the body is the rest of a file of {@code length} bytes from {@code from} on. */
  boolean isRest(long from, long length) {
    String range = String.valueOf(connection.getHeaderField("Content-Range"));
    Matcher matcher = CONTENT_RANGE.matcher(range);
    return status == PARTIAL
        && matcher.matches()
        && Long.parseLong(matcher.group(1)) == from
        && Long.parseLong(matcher.group(2)) == length;
  }

  /** Returns the announced length of the body in bytes, or -1. */
  long announced() {
    return connection.getContentLengthLong();
  }

  /**
   * Reads some bytes of the body; returns how many, or -1 at its end.
   *
   * @throws LostConnectionException if the connection drops or nothing comes in time
   */
  int read(byte[] into, int most) throws LostConnectionException {
    try {
      if (body == null) {
        body = connection.getInputStream();
      }
      return body.read(into, 0, most);
    } catch (IOException e) {
      throw lost(LostConnectionException.receiving(address, route.patience(), e));
    }
  }

  /** Ends the connection, whatever is left to read. */
  @Override
  public void close() {
    connection.disconnect();
  }
}
