package org.bitloom.graph;

import java.util.regex.Pattern;

/** Checks the names of nodes, which end up in parameter names, files and programs. */
final class Names {
  private static final int MAX_LENGTH = 200;
  private static final Pattern PARTS = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private Names() {}

  static String check(String name) {
    if (name.length() > MAX_LENGTH || !PARTS.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name of a node must be parts of ASCII letters, digits, _ and - with a dot between them,"
              + " 1.."
              + MAX_LENGTH
              + " characters, got '"
              + printable(name)
              + "'");
    }
    return name;
  }

  /** Returns a name from an untrusted file fit for a message of one line. */
  static String printable(String name) {
    String start = name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) + "..." : name;
    return start.replaceAll("\\p{C}", "?");
  }
}
