package org.bitloom.cli.payload;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bitloom.error.UsageException;

/**
 * Where passphrases come from; never the command line, which others on the machine can see.
 *
 * @param environment gives {@code BITLOOM_PASSPHRASE}, or null
 * @param terminal asks with a prompt; empty if there is no terminal
 */
public record Passphrases(
    Supplier<String> environment, Function<String, Optional<String>> terminal) {
  static final String VARIABLE = "BITLOOM_PASSPHRASE";

  /** Asks the environment and the terminal of this JVM. */
  public static Passphrases standard() {
    return new Passphrases(() -> System.getenv(VARIABLE), Passphrases::ask);
  }

  /** Asks if the launcher found a terminal; before Java 22 the JVM has its own opinion too. */
  @SuppressWarnings("SystemConsoleNull")
  private static Optional<String> ask(String prompt) {
    if (!Boolean.getBoolean("bitloom.terminal") || System.console() == null) {
      return Optional.empty();
    }
    char[] typed = System.console().readPassword("%s", prompt);
    return Optional.ofNullable(typed).map(String::new);
  }

  /**
   * Reads the first line of a file.
   *
   * @throws UsageException if it is empty or no text
   */
  static String read(Path file) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new UsageException(
          "passphrase file must be text in UTF-8, got other bytes in " + file,
          "write the passphrase as its first line");
    }
    if (lines.isEmpty() || lines.get(0).isEmpty()) {
      throw new UsageException(
          "passphrase file must have the passphrase as its first line, got none in " + file,
          "write one");
    }
    return lines.get(0);
  }

  /** Returns the passphrase of a payload, from the environment or the terminal. */
  Optional<String> existing() {
    Optional<String> given = given();
    return given.isPresent() ? given : terminal.apply("Passphrase of the payload: ");
  }

  /**
   * Returns a passphrase for a new payload; at a terminal it must be typed twice.
   *
   * @throws UsageException if there is none, or the two differ
   */
  String chosen() {
    Optional<String> given = given();
    if (given.isPresent()) {
      return given.get();
    }
    String first =
        terminal
            .apply("Passphrase for the payload: ")
            .orElseThrow(
                () ->
                    new UsageException(
                        "--encrypt must have a passphrase, found no terminal to ask for one",
                        "give --passphrase-file or set " + VARIABLE));
    if (!terminal.apply("The same again: ").equals(Optional.of(first))) {
      throw new UsageException("passphrases must be equal, got two", "run again");
    }
    return first;
  }

  private Optional<String> given() {
    return Optional.ofNullable(environment.get()).filter(text -> !text.isEmpty());
  }
}
