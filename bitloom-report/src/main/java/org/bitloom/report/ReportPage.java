package org.bitloom.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bitloom.io.Json;
import org.bitloom.io.Sha256;

/**
 * The page of a report: style, script and the document in one file of HTML.
 *
 * <p>The content security policy forbids the page every address, and every script but its own,
 * which it names by checksum. What comes from files stands in the document only, as JSON in which
 * no character can end the element around it, and the script shows it as text.
 */
public final class ReportPage {
  private static final List<String> SCRIPTS =
      List.of(
          "dom.js",
          "format.js",
          "chart.js",
          "flips.js",
          "layers.js",
          "classes.js",
          "run.js",
          "compare.js",
          "sweep.js",
          "live.js",
          "main.js");

  private final String script = scripts();
  private final String style = resource("page.css");

  private ReportPage() {}

  /** Returns the page of a document that is shown as it is. */
  public static String of(Map<String, Object> document) {
    return new ReportPage().html(Json.print(document), "", "");
  }

  /**
   * Returns the page of a document that changes: it asks its own server for the newest one again
   * and again.
   *
   * @param data address of the document as JSON, as seen from the page: letters, digits and {@code
   *     ./?=_-} only
   */
  public static String live(Map<String, Object> document, String data) {
    if (!data.matches("[A-Za-z0-9./?=_-]+")) {
      throw new IllegalArgumentException("address must be letters, digits, ./?=_-, got " + data);
    }
    return new ReportPage()
        .html(Json.print(document), " connect-src 'self';", " data-live=\"" + data + "\"");
  }

  private String html(String json, String connect, String live) {
    return resource("page.html")
        .replace("@CONNECT@", connect)
        .replace("@SCRIPT_SUM@", sum(script))
        .replace("@STYLE_SUM@", sum(style))
        .replace("@LIVE@", live)
        .replace("@STYLE@", style)
        .replace("@SCRIPT@", script)
        .replace("@DOCUMENT@", escaped(json));
  }

  /** Escapes what HTML or older JavaScript takes for more than a character of a text in JSON. */
  static String escaped(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static String sum(String text) {
    byte[] digest = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }

  private static String scripts() {
    StringBuilder text = new StringBuilder("\n(function () {\n\"use strict\";\n");
    SCRIPTS.forEach(name -> text.append(resource(name)));
    return text.append("})();\n").toString();
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar must hold " + name + ", it does not");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
