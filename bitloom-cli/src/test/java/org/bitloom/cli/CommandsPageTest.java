package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.StopSignal;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Holds docs/commands.md to {@code --help}: below its mark the page is what the commands say of
 * themselves. After a change of theirs, {@link #HOW} writes it anew.
 */
final class CommandsPageTest {
  private static final Path PAGE = Pages.ROOT.resolve("docs/commands.md");

  private static final String MARK = "<!-- what follows is written by CommandsPageTest -->";

  private static final String HOW =
      "mvn -Dquick test -pl bitloom-cli -am -Dtest=CommandsPageTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dtest.jvm.flags=-Dbitloom.write.pages=true";

  /** Options that every command has, which the page tells once. */
  private static final List<String> COMMON = List.of("--json", "--debug", "--help");

  @Test
  void thePageNamesAllCommandsWithAllTheirOptionsAsTheHelpDoes() throws IOException {
    List<String> lines = Pages.lines(PAGE);
    assertThat(lines).as("lines of docs/commands.md").contains(MARK);
    List<String> page = new ArrayList<>(lines.subList(0, lines.indexOf(MARK) + 1));
    page.addAll(written());
    if (Boolean.getBoolean("bitloom.write.pages")) {
      Files.write(PAGE, page);
    }
    assertThat(String.join("\n", Pages.lines(PAGE)))
        .as("docs/commands.md below its mark; write it anew with: %s", HOW)
        .isEqualTo(String.join("\n", page));
  }

  @Test
  void whatThePageSaysOfAllCommandsIsTrueOfEveryOne() {
    for (CommandSpec command : leaves(all())) {
      assertThat(command.optionsMap()).as(command.qualifiedName()).containsKeys("--help");
      assertThat(command.optionsMap()).as(command.qualifiedName()).containsKeys("--debug");
    }
  }

  private static CommandSpec all() {
    PrintStream nowhere =
        new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Console console = new Console(nowhere, nowhere, 0);
    CommandLine all =
        new Commands(console, new FakeLibrary(true, null), new StopSignal()).of(List.of());
    return all.getCommandSpec();
  }

  /** Returns the commands that do something, in the order of the help. */
  private static List<CommandSpec> leaves(CommandSpec of) {
    List<CommandSpec> found = new ArrayList<>();
    for (Map.Entry<String, CommandLine> each : of.subcommands().entrySet()) {
      CommandSpec command = each.getValue().getCommandSpec();
      if (!command.subcommands().isEmpty()) {
        found.addAll(leaves(command));
      } else if (!each.getKey().equals("help")) {
        found.add(command);
      }
    }
    return found;
  }

  private static List<String> written() {
    List<String> lines = new ArrayList<>(List.of("", "## All commands", ""));
    lines.add("| command | does |");
    lines.add("|---|---|");
    for (CommandSpec command : leaves(all())) {
      String anchor = name(command).replace(' ', '-');
      lines.add("| [`%s`](#%s) | %s |".formatted(name(command), anchor, does(command)));
    }
    for (CommandSpec command : leaves(all())) {
      section(command, lines);
    }
    return lines;
  }

  private static String name(CommandSpec command) {
    return command.qualifiedName(" ").replaceFirst("bitloom ", "");
  }

  private static String does(CommandSpec command) {
    return cell(String.join(" ", command.usageMessage().description()));
  }

  private static void section(CommandSpec command, List<String> lines) {
    StringBuilder synopsis = new StringBuilder("    ./bitloom ").append(name(command));
    for (OptionSpec option : command.options()) {
      if (option.required()) {
        synopsis.append(' ').append(option.longestName()).append(' ').append(option.paramLabel());
      }
    }
    for (PositionalParamSpec word : command.positionalParameters()) {
      String label = word.paramLabel() + (word.arity().max() > 1 ? "..." : "");
      synopsis.append(' ').append(word.required() ? label : "[" + label + "]");
    }
    lines.addAll(List.of("", "### " + name(command), "", synopsis.toString(), ""));
    List<String> rows = new ArrayList<>();
    for (PositionalParamSpec word : command.positionalParameters()) {
      rows.add(row("`" + word.paramLabel() + "`", word.description()));
    }
    for (OptionSpec option : command.options()) {
      if (!COMMON.contains(option.longestName())) {
        rows.add(row(names(option), option.description()));
      }
    }
    if (rows.isEmpty()) {
      lines.add("Has the options of all commands only.");
    } else {
      lines.addAll(List.of("| option | meaning |", "|---|---|"));
      lines.addAll(rows);
    }
  }

  private static String names(OptionSpec option) {
    String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
    return String.join(
        ", ", Arrays.stream(option.names()).map(name -> "`" + name + value + "`").toList());
  }

  private static String row(String name, String... description) {
    return "| %s | %s |".formatted(cell(name), cell(String.join(" ", description)));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("%%", "%").replaceAll("\\s+", " ").strip();
  }
}
