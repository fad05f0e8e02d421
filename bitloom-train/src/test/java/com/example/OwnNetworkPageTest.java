package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/own-network.md to the example that is compiled and trained. */
class OwnNetworkPageTest {
  private static final Path ROOT = Path.of(System.getProperty("bitloom.root", ".."));
  private static final Path EXAMPLE =
      Path.of("examples/own-network/src/main/java/com/example/OwnNetwork.java");

  @Test
  void everyPieceOfJavaOnThePageIsInTheExample() throws IOException {
    String program = Files.readString(ROOT.resolve(EXAMPLE));
    Matcher pieces =
        Pattern.compile("(?ms)^```java\\n(.*?)^```$")
            .matcher(Files.readString(ROOT.resolve("docs/own-network.md")));
    List<String> found = new ArrayList<>();
    while (pieces.find()) {
      found.add(pieces.group(1));
    }
    assertThat(found).hasSizeGreaterThan(2);
    assertThat(found).allSatisfy(piece -> assertThat(program).contains(piece));
  }
}
