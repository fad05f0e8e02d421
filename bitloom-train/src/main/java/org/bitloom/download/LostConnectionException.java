package org.bitloom.download;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Reports that a server was not reached or stopped sending; another connection may do better. */
final class LostConnectionException extends IOException {
  private static final String OFFLINE = " (the machine seems to be offline)";
  private static final long serialVersionUID = 1L;

  LostConnectionException(String message) {
    super(message);
  }

  private LostConnectionException(String message, IOException reason) {
    super(message, reason);
  }

  /** Returns the same with the proxy through which it was tried. */
  LostConnectionException through(String proxy) {
    LostConnectionException through =
        new LostConnectionException(getMessage() + ", through the proxy " + proxy);
    through.initCause(this);
    return through;
  }

  /** Translates what happened before the first byte was asked for. */
  static LostConnectionException connecting(URI address, Patience patience, IOException reason) {
    String found = "no connection (" + reason.getMessage() + ")";
    if (reason instanceof UnknownHostException) {
      found = "no host of that name" + OFFLINE;
    } else if (reason instanceof NoRouteToHostException || isNetworkUnreachable(reason)) {
      found = "no network that leads there" + OFFLINE;
    } else if (reason instanceof SocketTimeoutException) {
      found = "no answer within " + Patience.print(patience.connect());
    } else if (reason instanceof ConnectException) {
      found = "the connection refused";
    } else if (reason instanceof SSLException) {
      found = "no secure connection (" + reason.getMessage() + ")";
    }
    return new LostConnectionException(address + " must be reachable, found " + found, reason);
  }

  private static boolean isNetworkUnreachable(IOException reason) {
    return String.valueOf(reason.getMessage()).contains("etwork is unreachable");
  }

  /** Translates what happened after the request was sent. */
  static LostConnectionException receiving(URI address, Patience patience, IOException reason) {
    String found =
        reason instanceof SocketTimeoutException
            ? "silence for " + Patience.print(patience.silence())
            : "the connection lost (" + reason.getMessage() + ")";
    return new LostConnectionException(address + " must go on sending, found " + found, reason);
  }
}
