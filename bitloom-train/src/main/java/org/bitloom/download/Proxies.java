package org.bitloom.download;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The proxies that the environment names, by the rules of curl and others: {@code https_proxy} or
 * {@code http_proxy} by the scheme of the address, else {@code all_proxy}; none for the hosts in
 * {@code no_proxy} and for the machine itself. In lower or upper case; lower case goes first.
 *
 * @param variables of the environment
 */
record Proxies(Map<String, String> variables) {
  private static final String EVERY_HOST = "*";

  Proxies {
    variables = Map.copyOf(variables);
  }

  /** Reads the environment of this process. */
  static Proxies ofEnvironment() {
    return new Proxies(System.getenv());
  }

  /**
   * Returns the proxy for an address; empty = none is named, and what the JVM's own properties say
   * holds.
   *
   * @throws org.bitloom.error.UsageException if its variable is no address of a proxy
   */
  Optional<ProxyServer> of(URI address) {
    String own = address.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
    if (isExempt(address)) {
      return Optional.empty();
    }
    return List.of(own, "all_proxy").stream()
        .flatMap(name -> name(name).stream())
        .findFirst()
        .map(name -> ProxyServer.parse(name, variables.get(name).strip()));
  }

  /** Returns the variable of that name that has a value, in the case in which it is there. */
  private Optional<String> name(String lower) {
    return List.of(lower, lower.toUpperCase(Locale.ROOT)).stream()
        .filter(name -> !variables.getOrDefault(name, "").isBlank())
        .findFirst();
  }

  private boolean isExempt(URI address) {
    String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
    if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
      return true;
    }
    String list = name("no_proxy").map(variables::get).orElse("");
    for (String entry : list.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
      if (entry.equals(EVERY_HOST) || covers(entry, host, port(address))) {
        return true;
      }
    }
    return false;
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
  }

  /** Says whether an entry is the host itself or a domain that it lies in, perhaps with a port. */
  private static boolean covers(String entry, String host, int port) {
    String domain = entry.replaceFirst("^\\*?\\.", "");
    int colon = domain.indexOf(':');
    if (colon > 0 && colon == domain.lastIndexOf(':')) {
      if (!domain.substring(colon + 1).equals(String.valueOf(port))) {
        return false;
      }
      domain = domain.substring(0, colon);
    }
    String bare = host.replaceAll("[\\[\\]]", "");
    return !domain.isEmpty()
        && (bare.equals(domain.replaceAll("[\\[\\]]", "")) || host.endsWith("." + domain));
  }
}
