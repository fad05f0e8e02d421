package org.bitloom.cli.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;

/**
 * Opens the real stdout and stderr, which only bitloom writes to.
 *
 * <p>Descriptors 1 and 2 belong to everybody in the process: a network of one's own may print to 1,
 * and with the vector module the JVM writes a warning to 2 before {@code main} begins. The launcher
 * therefore keeps the real ones as the descriptors named by {@code -Dbitloom.stdout} and {@code
 * -Dbitloom.stderr}, lets 1 go to 2, and puts a filter behind 2.
 */
final class StandardStreams {
  private static final String STDERR = "bitloom.stderr";

  private StandardStreams() {}

  /** Returns the number of the descriptor of {@link #err}. */
  static int errDescriptor() {
    return Integer.getInteger(STDERR, 2);
  }

  /** Returns where results go. */
  static PrintStream out() {
    return open("bitloom.stdout", FileDescriptor.out);
  }

  /** Returns where all else goes; stack traces and the JDK's messages too. */
  static PrintStream err() {
    PrintStream stream = open(STDERR, FileDescriptor.err);
    System.setErr(stream);
    return stream;
  }

  private static PrintStream open(String property, FileDescriptor otherwise) {
    return Output.on(new FileOutputStream(descriptor(property, otherwise)));
  }

  private static FileDescriptor descriptor(String property, FileDescriptor otherwise) {
    Integer number = Integer.getInteger(property);
    if (number == null) {
      return otherwise;
    }
    try {
      Constructor<FileDescriptor> descriptor =
          FileDescriptor.class.getDeclaredConstructor(int.class);
      descriptor.setAccessible(true);
      return descriptor.newInstance(number);
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      return otherwise; // the same text, among that of others
    }
  }
}
