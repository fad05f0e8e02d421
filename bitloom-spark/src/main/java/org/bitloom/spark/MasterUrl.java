package org.bitloom.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;

/**
 * Names where Spark runs: {@code local[N]}, {@code spark://HOST:PORT}, {@code k8s://...} or {@code
 * yarn}.
 *
 * @param text the URL as Spark takes it
 * @param addresses what must answer before Spark is asked; none for {@code local} and {@code yarn}
 */
record MasterUrl(String text, List<Address> addresses) {
  private static final Pattern LOCAL = Pattern.compile("local(\\[(\\*|[1-9][0-9]{0,3})])?");
  private static final Pattern ADDRESS = Pattern.compile("(\\[[^]]+]|[^:/\\[\\]]+):([0-9]{1,5})");
  private static final Pattern KUBERNETES =
      Pattern.compile("k8s://(https?://)?(\\[[^]]+]|[^:/\\[\\]]+)(?::([0-9]{1,5}))?(/.*)?");

  MasterUrl {
    addresses = List.copyOf(addresses);
  }

  /** One host and port, as written. */
  record Address(String host, int port) {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /**
   * Reads the URL of a master.
   *
   * @throws UsageException if Spark would not understand it
   */
  static MasterUrl parse(String text) {
    if (LOCAL.matcher(text).matches() || text.equals("yarn")) {
      return new MasterUrl(text, List.of());
    }
    if (text.startsWith("spark://")) {
      return new MasterUrl(text, standalone(text));
    }
    Matcher kubernetes = KUBERNETES.matcher(text);
    if (kubernetes.matches()) {
      int port = "http://".equals(kubernetes.group(1)) ? 80 : 443;
      if (kubernetes.group(3) != null) {
        port = port(text, kubernetes.group(3));
      }
      return new MasterUrl(text, List.of(new Address(kubernetes.group(2), port)));
    }
    throw wrong(text);
  }

  private static List<Address> standalone(String text) {
    List<Address> found = new ArrayList<>();
    for (String part : text.substring("spark://".length()).split(",", -1)) {
      Matcher address = ADDRESS.matcher(part);
      if (!address.matches()) {
        throw wrong(text);
      }
      found.add(new Address(address.group(1), port(text, address.group(2))));
    }
    return found;
  }

  private static int port(String text, String digits) {
    int port = Integer.parseInt(digits);
    if (port < 1 || port > 65535) {
      throw wrong(text);
    }
    return port;
  }

  private static UsageException wrong(String text) {
    return new UsageException(
        "the master must be local[N], spark://HOST:PORT, k8s://HOST:PORT or yarn, got '"
            + text
            + "'",
        "see docs/cluster.md");
  }

  /** Says whether everything runs inside this JVM. */
  boolean local() {
    return text.startsWith("local");
  }

  /**
   * Requires that one of the addresses accepts a connection.
   *
   * @param limit for each address
   * @throws FailureException if none does
   */
  void requireAnswer(Duration limit) {
    List<String> failures = new ArrayList<>();
    for (Address address : addresses) {
      try (Socket socket = new Socket()) {
        String host = address.host().replaceAll("[\\[\\]]", "");
        socket.connect(new InetSocketAddress(host, address.port()), (int) limit.toMillis());
        return;
      } catch (IOException e) {
        failures.add(address + " (" + reason(e) + ")");
      }
    }
    if (!failures.isEmpty()) {
      throw new FailureException(
          "the Spark master must answer, found no connection to " + String.join(", ", failures),
          "check --master, that the master runs, and the way to it; its web page names its URL");
    }
  }

  private static String reason(IOException error) {
    return error instanceof java.net.UnknownHostException ? "unknown host" : error.getMessage();
  }
}
