package org.bitloom.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Optional;
import org.bitloom.cli.command.ExitCode;
import org.bitloom.cli.command.UnwrittenException;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.io.CorruptFileException;
import org.bitloom.payload.PayloadException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What the user hears of an error.
 *
 * @param exitCode 1 failed, 2 wrong usage
 * @param message what must hold and what was found, without line breaks
 * @param hint what to do next, without line breaks
 */
record ErrorLine(int exitCode, String message, String hint) {
  ErrorLine {
    message = oneLine(message);
    hint = oneLine(hint);
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }

  /** Translates an error; the order matters, special cases come first. */
  static ErrorLine of(Throwable error) {
    if (error instanceof ParameterException parameter) {
      return parameter(parameter);
    }
    if (error instanceof UsageException usage) {
      return new ErrorLine(ExitCode.WRONG_USAGE, usage.getMessage(), usage.hint());
    }
    if (error instanceof FailureException failure) {
      return new ErrorLine(ExitCode.FAILED, failure.getMessage(), failure.hint());
    }
    if (error instanceof PayloadException payload) {
      return new ErrorLine(ExitCode.FAILED, payload.getMessage(), payload.hint());
    }
    if (error instanceof UnwrittenException output) {
      return new ErrorLine(ExitCode.FAILED, output.problem(), output.hint());
    }
    if (error instanceof UncheckedIOException unchecked) {
      return of(unchecked.getCause());
    }
    if (error instanceof IOException io) {
      return file(io);
    }
    return unexpected(error);
  }

  private static ErrorLine parameter(ParameterException error) {
    CommandSpec command = error.getCommandLine().getCommandSpec();
    String hint = "see ./" + command.qualifiedName() + " --help";
    if (!(error instanceof UnmatchedArgumentException unmatched)) {
      String message = error.getMessage().replaceFirst("\\.$", "");
      return new ErrorLine(ExitCode.WRONG_USAGE, message, hint);
    }
    String word = unmatched.getUnmatched().get(0);
    String kind = word.startsWith("-") ? "option" : "argument";
    if (!word.startsWith("-") && !command.subcommands().isEmpty()) {
      kind = "command";
    }
    return new ErrorLine(
        ExitCode.WRONG_USAGE,
        "unknown " + kind + " '" + word + "'",
        behind(command, word).orElseGet(() -> didYouMean(unmatched, hint)));
  }

  /** Says where an option belongs that commands further down have. */
  private static Optional<String> behind(CommandSpec command, String word) {
    String option = word.replaceFirst("=.*", "");
    return command.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(below -> below.findOption(option) != null)
        .map(below -> "it belongs behind the command: ./" + below.qualifiedName() + " " + word)
        .findFirst();
  }

  /** Returns picocli's guesses at what was meant, or {@code otherwise}. */
  private static String didYouMean(UnmatchedArgumentException unmatched, String otherwise) {
    List<String> near = unmatched.getSuggestions();
    return near.isEmpty() ? otherwise : "did you mean " + String.join(" or ", near) + "?";
  }

  private static ErrorLine file(IOException error) {
    if (error instanceof CorruptFileException corrupt) {
      return new ErrorLine(ExitCode.FAILED, corrupt.getMessage(), corrupt.hint());
    }
    if (error instanceof FileSystemException file) {
      return new ErrorLine(ExitCode.FAILED, fileMessage(file), fileHint(file));
    }
    String message = String.valueOf(error.getMessage());
    return new ErrorLine(ExitCode.FAILED, "reading or writing failed: " + message, hintOf(message));
  }

  private static String fileMessage(FileSystemException error) {
    String path = error.getFile();
    if (error instanceof NoSuchFileException) {
      return path + " must exist, found nothing there";
    }
    if (error instanceof AccessDeniedException) {
      return path + " must be open to this user, found access denied";
    }
    if (error instanceof NotDirectoryException) {
      return path + " must be a folder, found a file";
    }
    String reason =
        error.getReason() == null ? error.getClass().getSimpleName() : error.getReason();
    return path + ": " + reason;
  }

  private static String fileHint(FileSystemException error) {
    if (error instanceof NoSuchFileException || error instanceof NotDirectoryException) {
      return "check the path";
    }
    if (error instanceof AccessDeniedException) {
      return "change its permissions or choose another place";
    }
    return hintOf(String.valueOf(error.getReason()));
  }

  private static String hintOf(String reason) {
    return reason.contains("No space left")
        ? "free some disk space or choose another place"
        : "check the file and its disk";
  }

  private static ErrorLine unexpected(Throwable error) {
    if (error instanceof OutOfMemoryError) {
      long limit = Runtime.getRuntime().maxMemory() >> 20;
      return new ErrorLine(
          ExitCode.FAILED,
          "memory of the JVM must be enough, found its limit of " + limit + " MiB used up",
          "raise it, such as BITLOOM_OPTS=-Xmx8g, or use a smaller --batch");
    }
    if (error instanceof UnsatisfiedLinkError) {
      return library(String.valueOf(error.getMessage()));
    }
    String message = error.getMessage();
    String name = error.getClass().getSimpleName();
    return new ErrorLine(
        ExitCode.FAILED,
        message == null ? "unexpected " + name : "unexpected " + name + ": " + message,
        "run again with --debug for the stack trace");
  }

  /** Libraries of other jars than the engine's are unpacked to the folder for temporary files. */
  private static ErrorLine library(String message) {
    boolean forbidden = message.contains("failed to map segment");
    return new ErrorLine(
        ExitCode.FAILED,
        "the folder for temporary files must let libraries be loaded from it, found "
            + (forbidden ? "its disk mounted noexec: " : message + ": ")
            + System.getProperty("java.io.tmpdir"),
        "choose another folder, such as BITLOOM_OPTS=-Djava.io.tmpdir=DIR");
  }
}
