package org.bitloom.cli.command;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.charset.Charset;

/**
 * Opens the real stderr.
 *
 * <p>With the vector module the JVM writes a warning to descriptor 2 before {@code main} begins.
 * The launcher therefore puts a filter behind 2, keeps the real stderr as the descriptor named by
 * {@code -Dbitloom.stderr}, and what is written there needs no filter and is never late.
 */
public final class StandardError {
  private StandardError() {}

  static PrintStream open() {
    Integer number = Integer.getInteger("bitloom.stderr");
    if (number == null) {
      return System.err;
    }
    try {
      Constructor<FileDescriptor> descriptor =
          FileDescriptor.class.getDeclaredConstructor(int.class);
      descriptor.setAccessible(true);
      FileOutputStream file = new FileOutputStream(descriptor.newInstance(number));
      PrintStream stream =
          new PrintStream(new BufferedOutputStream(file), true, Charset.defaultCharset());
      System.setErr(stream);
      return stream;
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      return System.err; // the same text, through the filter
    }
  }
}
