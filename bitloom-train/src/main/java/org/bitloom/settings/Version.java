package org.bitloom.settings;

/** The version of this program, from the manifest of its jar. */
public final class Version {
  private Version() {}

  /** Returns the version, or {@code development} when run from class folders. */
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
