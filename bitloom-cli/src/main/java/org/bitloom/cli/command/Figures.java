package org.bitloom.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Prints figures and paths the same way in every command and every locale. */
public final class Figures {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private static final int MAX_NAMES = 20;

  private Figures() {}

  public static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Prints a share 0..1 as {@code 97.81 %}. */
  public static String percent(double share) {
    return format("%.2f %%", 100 * share);
  }

  /** Prints a number of bytes as {@code 195.2 KiB}. */
  public static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " bytes";
    }
    if (bytes < 1024 * 1024) {
      return format("%.1f KiB", bytes / 1024.0);
    }
    double mebibytes = bytes / (1024.0 * 1024);
    return mebibytes < 1024 ? format("%.1f MiB", mebibytes) : format("%.2f GiB", mebibytes / 1024);
  }

  /** Prints a time as {@code 42 s}, {@code 3:05} or {@code 1:03:05}. */
  public static String duration(double seconds) {
    if (!(seconds >= 0 && seconds < 1e9)) {
      return "?";
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? format("%d:%02d", whole / 60, whole % 60)
        : format("%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }

  /** Shows as many names as fit a line or two. */
  public static String names(List<String> names) {
    String more = names.size() > MAX_NAMES ? ", ..." : "";
    return names.stream().limit(MAX_NAMES).collect(Collectors.joining(", ", "", more));
  }

  /** Quotes a word for the shell if it must be. */
  public static String shellWord(Object word) {
    String text = word.toString();
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
