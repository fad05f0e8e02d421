package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.StopSignal;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Holds the commands that stand in README and pages to those that exist; none is run. */
final class DocumentedCommandsTest {
  /** The program with its words, up to what the shell does with it or a comment. */
  private static final Pattern COMMAND = Pattern.compile("(?<![\\w/.\"-])\\./bitloom((?: [^`]*)?)");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)");

  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

  /** Options of other programs that the pages speak of by themselves. */
  private static final Set<String> OF_OTHERS = Set.of("--add-modules", "--memory", "--notest");

  private static final CommandLine ALL = commands(List.of());

  private static CommandLine commands(List<String> words) {
    PrintStream nowhere =
        new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Console console = new Console(nowhere, nowhere, 0);
    return new Commands(console, new FakeLibrary(true, null), new StopSignal()).of(words);
  }

  @Test
  void everyCommandOnAPageIsUnderstood() {
    List<String> found = new ArrayList<>();
    int commands = 0;
    for (Path page : Pages.ofUse()) {
      for (String line : logicalLines(page)) {
        Matcher command = COMMAND.matcher(line);
        while (command.find()) {
          commands++;
          String problem = problem(words(command.group(1)));
          if (!problem.isEmpty()) {
            found.add(Pages.name(page) + ": " + line.strip() + ": " + problem);
          }
        }
      }
    }
    assertThat(commands).as("commands on the pages").isGreaterThan(50);
    assertThat(found).as("commands on pages that bitloom does not understand").isEmpty();
  }

  @Test
  void everyOptionNamedOnAPageExists() {
    Set<String> known = new TreeSet<>(OF_OTHERS);
    addOptions(ALL, known);
    List<String> found = new ArrayList<>();
    for (Path page : Pages.ofUse()) {
      for (String line : Pages.lines(page)) {
        Matcher code = CODE.matcher(line);
        while (code.find()) {
          String first = code.group(1).split("\\s", 2)[0];
          boolean ours = first.startsWith("--") || ALL.getSubcommands().containsKey(first);
          Matcher option = OPTION.matcher(ours ? code.group(1) : "");
          while (option.find()) {
            if (!known.contains(option.group())) {
              found.add(Pages.name(page) + ": " + option.group());
            }
          }
        }
      }
    }
    assertThat(found).as("options on pages that no command has").isEmpty();
  }

  private static void addOptions(CommandLine command, Set<String> names) {
    command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
    command.getSubcommands().values().forEach(each -> addOptions(each, names));
  }

  /** Returns the lines of a page, those that end in a backslash joined with the next. */
  private static List<String> logicalLines(Path page) {
    List<String> lines = new ArrayList<>();
    String begun = "";
    for (String line : Pages.lines(page)) {
      String whole = begun + line;
      if (line.endsWith("\\")) {
        begun = whole.substring(0, whole.length() - 1);
      } else {
        lines.add(whole);
        begun = "";
      }
    }
    return lines;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text.split(" [#|<>&;]|[)]|  +-> ", 2)[0]);
    while (word.find()) {
      String quoted = word.group(1) == null ? word.group(2) : word.group(1);
      String plain = quoted == null ? word.group(3) : quoted;
      words.add(plain.replace("SEED", "1").replace("RATE", "1")); // a line for several runs
    }
    words.removeIf(each -> each.equals("...") || each.startsWith("$")); // what stands elsewhere
    return words;
  }

  private static String problem(List<String> words) {
    try {
      CommandLine command = commands(words);
      command.setExpandAtFiles(false);
      command.parseArgs(words.toArray(String[]::new));
      return "";
    } catch (CommandLine.MissingParameterException e) {
      return words.size() == 1 ? "" : e.getMessage(); // a command that is spoken of
    } catch (CommandLine.ParameterException e) {
      return e.getMessage();
    }
  }
}
