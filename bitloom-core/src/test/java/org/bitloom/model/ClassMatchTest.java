package org.bitloom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.error.UsageException;
import org.junit.jupiter.api.Test;

class ClassMatchTest {
  private static final List<String> FLOWERS = List.of("daisy", "rose", "tulip");

  private static ClassMatch match(List<String> model, List<String> data) {
    return ClassMatch.of(model, data, "flowers");
  }

  @Test
  void theSameNamesNeedNoWords() {
    assertThat(match(FLOWERS, FLOWERS).remark()).isEmpty();
    assertThat(match(FLOWERS, FLOWERS).isPlain()).isTrue();
  }

  @Test
  void namesInAnotherOrderAreMatchedAndThatIsSaid() {
    ClassMatch match = match(FLOWERS, List.of("tulip", "daisy", "rose"));
    assertThat(match.classOf()).containsExactly(2, 0, 1);
    assertThat(match.remark().orElseThrow()).contains("another order").contains("flowers");
  }

  @Test
  void aRenamedClassIsRefusedWithBothNames() {
    assertThatThrownBy(() -> match(FLOWERS, List.of("daisy", "ruse", "tulip")))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "data must have the classes of the model: only the model has 'rose', only flowers has"
                + " 'ruse'");
  }

  @Test
  void lettersInAnotherCaseAreOtherNames() {
    assertThatThrownBy(() -> match(FLOWERS, List.of("Daisy", "rose", "tulip")))
        .hasMessageContaining("'daisy'")
        .hasMessageContaining("'Daisy'");
  }

  @Test
  void aNameIsTheSameHoweverAFileSystemWritesItsLetters() {
    ClassMatch match = match(List.of("K\u00e4se", "Brot"), List.of("Ka\u0308se", "Brot"));
    assertThat(match.isPlain()).isTrue();
    assertThat(match.remark()).isEmpty();
  }

  @Test
  void numbersThatSortAsWordsAreMatchedByName() {
    List<String> sorted = List.of("0", "1", "10", "2", "3", "4", "5", "6", "7", "8", "9");
    List<String> numbered = IntStream.range(0, 11).mapToObj(String::valueOf).toList();
    assertThat(match(sorted, numbered).classOf()).containsExactly(0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 2);
  }

  @Test
  void dataWithoutNamesAreTakenInTheirOrderAndThatIsSaid() {
    ClassMatch match = match(FLOWERS, List.of("0", "1", "2"));
    assertThat(match.isPlain()).isTrue();
    assertThat(match.remark().orElseThrow())
        .isEqualTo(
            "classes of flowers have only numbers: 0 = daisy, 1 = rose, 2 = tulip are assumed, as"
                + " the model names them");
    assertThat(match.names(FLOWERS, List.of("0", "1", "2"))).isEqualTo(FLOWERS);
  }

  @Test
  void aModelWithoutNamesTakesThoseOfTheDataAndThatIsSaid() {
    ClassMatch match = match(List.of(), FLOWERS);
    assertThat(match.isPlain()).isTrue();
    assertThat(match.remark().orElseThrow()).startsWith("the model has no names");
    assertThat(match.names(List.of(), FLOWERS)).isEqualTo(FLOWERS);
    assertThat(match(List.of("0", "1", "2"), FLOWERS).remark().orElseThrow())
        .startsWith("the model only numbers its classes: those of flowers are assumed");
  }

  @Test
  void ofManyNamesThatDifferTheFirstAreShown() {
    List<String> model = IntStream.range(0, 20).mapToObj(i -> "a" + i).toList();
    List<String> data = IntStream.range(0, 20).mapToObj(i -> "b" + i).toList();
    assertThatThrownBy(() -> match(model, data))
        .hasMessageContaining("'a4' and 15 more")
        .hasMessageContaining("'b4' and 15 more");
  }
}
