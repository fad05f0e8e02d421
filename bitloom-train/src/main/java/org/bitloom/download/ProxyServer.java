package org.bitloom.download;

import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bitloom.error.UsageException;

/**
 * A proxy as a variable of the environment names it: {@code http://USER:PASSWORD@HOST:PORT}.
 *
 * @param variable that names it, for messages
 * @param proxy where it is
 * @param login of a user; empty = none is needed
 */
record ProxyServer(String variable, Proxy proxy, Optional<PasswordAuthentication> login) {
  private static final int HTTP_PORT = 80;
  private static final int SOCKS_PORT = 1080;

  /**
   * The JVM sends no password in clear to a proxy through which it then speaks HTTPS, unless this
   * is empty; curl and all others do what the variable says.
   */
  private static final String BASIC_IS_OFF = "jdk.http.auth.tunneling.disabledSchemes";

  /**
   * Reads the value of a variable.
   *
   * @throws UsageException if it is no address of a proxy; a password in it is not shown
   */
  static ProxyServer parse(String variable, String value) {
    String text = value.contains("://") ? value : "http://" + value;
    try {
      URI address = URI.create(text);
      boolean socks = address.getScheme().startsWith("socks");
      if (address.getHost() == null || !(socks || address.getScheme().equals("http"))) {
        throw refused(variable);
      }
      int port = address.getPort() < 0 ? socks ? SOCKS_PORT : HTTP_PORT : address.getPort();
      String host = address.getHost().replaceAll("[\\[\\]]", "");
      Proxy.Type type = socks ? Proxy.Type.SOCKS : Proxy.Type.HTTP;
      return new ProxyServer(
          variable,
          new Proxy(type, InetSocketAddress.createUnresolved(host, port)),
          Optional.ofNullable(address.getRawUserInfo()).map(ProxyServer::login));
    } catch (IllegalArgumentException e) {
      throw refused(variable);
    }
  }

  private static UsageException refused(String variable) {
    return new UsageException(
        variable + " must be http://HOST:PORT or socks://HOST:PORT, found another value",
        "correct it, or unset it; in a password write special letters as in addresses, @ as %40");
  }

  private static PasswordAuthentication login(String userInfo) {
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return new PasswordAuthentication(decoded(user), decoded(password).toCharArray());
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Returns what answers the proxy when it asks who is there; null if nobody is to be named. */
  Authenticator authenticator() {
    if (login.isEmpty()) {
      return null;
    }
    if (System.getProperty(BASIC_IS_OFF) == null) {
      System.setProperty(BASIC_IS_OFF, "");
    }
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return getRequestorType() == RequestorType.PROXY ? login.get() : null;
      }
    };
  }

  /** Returns where it is and who says so, without a password: {@code HOST:PORT (https_proxy)}. */
  @Override
  public String toString() {
    InetSocketAddress at = (InetSocketAddress) proxy.address();
    return at.getHostString() + ":" + at.getPort() + " (" + variable + ")";
  }
}
