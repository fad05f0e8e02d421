package org.bitloom.download;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** What a server may do to those who ask it for a file. */
public final class Replies {
  private Replies() {}

  /** Sends the file, or the rest that was asked for. */
  public static LoopbackServer.Reply good(byte[] file) {
    return (request, out) -> {
      head(file, request.from(), out);
      out.write(file, request.from(), file.length - request.from());
    };
  }

  /** Announces all that was asked for, sends {@code most} bytes of it and hangs up. */
  public static LoopbackServer.Reply dropAfter(byte[] file, int most) {
    return (request, out) -> {
      head(file, request.from(), out);
      out.write(file, request.from(), Math.min(most, file.length - request.from()));
    };
  }

  /** Announces all that was asked for, sends {@code most} bytes of it and then nothing. */
  public static LoopbackServer.Reply stallAfter(byte[] file, int most) {
    return (request, out) -> {
      head(file, request.from(), out);
      out.write(file, request.from(), Math.min(most, file.length - request.from()));
      out.flush();
      stall(request, out);
    };
  }

  /** Sends nothing until the server is closed. */
  public static void stall(LoopbackServer.Request request, OutputStream out)
      throws InterruptedException {
    new CountDownLatch(1).await();
  }

  /** Sends the whole file whatever part was asked for. */
  public static LoopbackServer.Reply ignoringRange(byte[] file) {
    return (request, out) -> {
      head(file, 0, out);
      out.write(file);
    };
  }

  /** Sends a status line and header lines, each ended, and a body. */
  public static LoopbackServer.Reply raw(String head, byte[] body) {
    return (request, out) -> {
      line(out, head + "Connection: close\r\n\r\n");
      out.write(body);
    };
  }

  public static LoopbackServer.Reply status(int status) {
    return raw("HTTP/1.1 " + status + " Whatever\r\nContent-Length: 0\r\n", new byte[0]);
  }

  public static LoopbackServer.Reply redirect(String location) {
    return raw(
        "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n", new byte[0]);
  }

  private static void head(byte[] file, int from, OutputStream out) throws IOException {
    String range =
        "Content-Range: bytes " + from + "-" + (file.length - 1) + "/" + file.length + "\r\n";
    line(
        out,
        (from > 0 ? "HTTP/1.1 206 Partial Content\r\n" + range : "HTTP/1.1 200 OK\r\n")
            + "Content-Length: "
            + (file.length - from)
            + "\r\nConnection: close\r\n\r\n");
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
