package org.bitloom.io;

import java.io.IOException;
import java.nio.file.Path;

/** Reports a file whose content is damaged, inconsistent, or not of the expected kind. */
public final class CorruptFileException extends IOException {
  /** The offset of damage that is not at one place. */
  public static final long NO_OFFSET = -1;

  private static final int MAX_SENTENCE = 400;
  private static final long serialVersionUID = 1L;

  private static final String UNDAMAGED = "use an undamaged copy of the file";

  private final String path;
  private final long offset;
  private final String hint;

  /**
   * Reports damage at one place.
   *
   * @param path of the file
   * @param offset of the damage in bytes from 0, or {@link #NO_OFFSET}
   * @param expected what must hold, such as {@code header length must be 2..992}
   * @param found what the file has instead
   */
  public CorruptFileException(Path path, long offset, String expected, String found) {
    this(UNDAMAGED, path, offset, expected + ", got " + found);
  }

  /** Reports damage that is not at one place. */
  public CorruptFileException(Path path, String expected, String found) {
    this(path, NO_OFFSET, expected, found);
  }

  /** Reports content that breaks the rule named by {@code reason}. */
  CorruptFileException(Path path, IllegalArgumentException reason) {
    this(UNDAMAGED, path, NO_OFFSET, reason.getMessage());
    initCause(reason);
  }

  private CorruptFileException(String hint, Path path, long offset, String sentence) {
    super(path + (offset >= 0 ? ", byte " + offset : "") + ": " + oneLine(sentence));
    this.path = path.toString();
    this.offset = offset;
    this.hint = hint;
  }

  /**
   * Reports a file that need not be damaged, but is not what it must be.
   *
   * @param sentence what must hold and what it is instead
   * @param hint what to do next, one line
   */
  public static CorruptFileException otherKind(Path path, String sentence, String hint) {
    return new CorruptFileException(hint, path, NO_OFFSET, sentence);
  }

  /** Keeps a message readable when what was found is megabytes long or full of line breaks. */
  private static String oneLine(String sentence) {
    String start =
        sentence.length() > MAX_SENTENCE ? sentence.substring(0, MAX_SENTENCE) + "..." : sentence;
    return start.replaceAll("\\p{Cntrl}", "?");
  }

  /** Returns the path of the file as it was given. */
  public String path() {
    return path;
  }

  /** Returns what to do next, one line. */
  public String hint() {
    return hint;
  }

  /** Returns the place of the damage in bytes from 0, or {@link #NO_OFFSET}. */
  public long offset() {
    return offset;
  }
}
