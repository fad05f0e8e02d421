package org.bitloom.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.bitloom.data.DataSet;
import org.bitloom.error.UsageException;
import org.bitloom.io.FileKind;
import org.bitloom.io.Json;
import org.bitloom.io.ModelFile;
import org.bitloom.io.SafetensorsFile;
import org.bitloom.model.ClassMatch;
import org.bitloom.settings.InitFrom;

/**
 * The classes of a network to start from. A network may be trained further on other classes, but
 * one that knows the same ones by other numbers would be taught to forget them.
 */
final class FirstClasses {
  private FirstClasses() {}

  /**
   * Compares them with those of the data.
   *
   * @param notices hears if they are others
   * @throws UsageException if they are the same in another order
   */
  static void check(InitFrom from, DataSet data, Consumer<String> notices) {
    List<String> first = names(from.file());
    List<String> own = data.classNames();
    if (first.size() != own.size() || ClassMatch.isNumbered(first) != ClassMatch.isNumbered(own)) {
      return; // not known, or of another number, which is refused where the weights are read
    }
    String difference = ClassMatch.difference(first, own, data.name());
    if (!difference.isEmpty()) {
      notices.accept(
          "the network to start from tells other classes apart: "
              + difference.replace("only the model has", "only it has"));
    } else if (!ClassMatch.of(first, own, data.name()).isPlain()) {
      throw new UsageException(
          "the network to start from must have the classes in the order of the data, it has "
              + String.join(", ", first)
              + ", "
              + data.name()
              + " has "
              + String.join(", ", own),
          "name the classes so that they sort alike");
    }
  }

  /** What is no model has no names; if it is no network either, its reader will say so. */
  private static List<String> names(Path file) {
    try {
      return FileKind.of(file) == FileKind.PACKED
          ? ModelFile.read(file).classNames()
          : recorded(file);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<String> recorded(Path file) throws IOException {
    try (SafetensorsFile opened = SafetensorsFile.open(file)) {
      String names = opened.metadata().get("classNames");
      return names != null && Json.parse(names) instanceof List<?> list
          ? list.stream().map(String::valueOf).toList()
          : List.of();
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }
}
