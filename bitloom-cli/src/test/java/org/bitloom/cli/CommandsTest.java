package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bitloom.cli.command.Console;
import org.bitloom.cli.command.StopSignal;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class CommandsTest {
  private static CommandLine of(String... words) {
    PrintStream nowhere =
        new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Console console = new Console(nowhere, nowhere, 0);
    return new Commands(console, new FakeLibrary(true, null), new StopSignal()).of(List.of(words));
  }

  @Test
  void aCommandIsMadeAloneUnderItsOwnName() {
    for (String name : of().getSubcommands().keySet()) {
      if (!name.equals("help")) {
        CommandLine alone = of(name);
        assertThat(alone.getSubcommands()).containsOnlyKeys(name);
        assertThat(alone.getSubcommands().get(name).getCommandName()).isEqualTo(name);
      }
    }
  }

  @Test
  void allAreMadeWhereNoneIsNamedOrHelpIsAsked() {
    assertThat(of().getSubcommands()).hasSizeGreaterThan(10).containsKeys("train", "help");
    assertThat(of("trian").getSubcommands()).hasSameSizeAs(of().getSubcommands());
    assertThat(of("help", "train").getSubcommands()).hasSameSizeAs(of().getSubcommands());
  }
}
