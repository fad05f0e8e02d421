package org.bitloom.bits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerRuleTest {
  private static final List<String> NAMES =
      List.of("conv1.weight", "stage2.block1.conv1.weight", "dense1.weight");

  @ParameterizedTest
  @CsvSource({
    "first=8:all, first=8:11111111",
    "stage*.conv*=6:top3, stage*.conv*=6:111000",
    "last=float, last=float",
    "a=b=4, a=b=4:1111"
  })
  void textFormsAreReadAndPrintedInFull(String text, String printed) {
    LayerRule rule = LayerRule.parse(text);
    assertThat(rule).hasToString(printed);
    assertThat(LayerRule.parse(printed)).isEqualTo(rule);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "first", "=8:all", "first=", "first=8:", "first=x", "first=8:top9"})
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> LayerRule.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "first, 0",
    "last, 2",
    "*, 0 1 2",
    "*conv1.weight, 0 1",
    "conv?.weight, 0",
    "stage*.conv*, 1",
    "dense1.weight, 2",
    "conv1, ''",
    "d.nse1.weight, ''"
  })
  void patternsMatchWholeNames(String pattern, String expected) {
    LayerRule rule = LayerRule.floats(pattern);
    List<String> fitting = NAMES.stream().filter(name -> rule.fits(name, NAMES)).toList();
    List<String> wanted =
        expected.isEmpty()
            ? List.of()
            : List.of(expected.split(" ", -1)).stream()
                .map(index -> NAMES.get(Integer.parseInt(index)))
                .toList();
    assertThat(fitting).isEqualTo(wanted);
  }

  @Test
  void ofManyLayersTheMessageNamesTheFirst() {
    List<String> names = IntStream.range(0, 110).mapToObj(i -> "layer" + i).toList();
    assertThatThrownBy(() -> LayerRule.checkFit(List.of(LayerRule.floats("x")), names))
        .hasMessageEndingWith("layer4, layer5 and 104 more");
  }
}
