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
  private static final Path PROJECT = ROOT.resolve("examples/own-network");

  @Test
  void everyPieceOfJavaOnThePageIsInTheExample() throws IOException {
    String program = Files.readString(PROJECT.resolve("src/main/java/com/example/OwnNetwork.java"));
    assertThat(pieces("java"))
        .hasSizeGreaterThan(5)
        .allSatisfy(piece -> assertThat(program).contains(piece));
  }

  @Test
  void theDependencyOnThePageIsThatOfTheExampleAndOfThisVersion() throws IOException {
    String project = Files.readString(PROJECT.resolve("pom.xml"));
    Matcher own =
        Pattern.compile("bitloom-parent</artifactId>\\s*<version>([^<]+)</version>")
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertThat(own.find()).isTrue();
    assertThat(pieces("xml"))
        .singleElement()
        .satisfies(piece -> assertThat(project).contains(piece))
        .asString()
        .contains("<version>" + own.group(1) + "</version>");
  }

  private static List<String> pieces(String language) throws IOException {
    Matcher pieces =
        Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
            .matcher(Files.readString(ROOT.resolve("docs/own-network.md")));
    List<String> found = new ArrayList<>();
    while (pieces.find()) {
      found.add(pieces.group(1));
    }
    return found;
  }
}
