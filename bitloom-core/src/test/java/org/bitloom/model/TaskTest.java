package org.bitloom.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskTest {
  private static Task named(String... names) {
    return new Task(List.of(2), Normalization.none(2), 2, List.of(names));
  }

  @Test
  void namesOfClassesAreAllKnownOrNone() {
    assertThat(named("a cat", "é 漢 😀").classNames()).containsExactly("a cat", "é 漢 😀");
    assertThat(named().classNames()).isEmpty();
    assertThatThrownBy(() -> named("cat"))
        .hasMessage("class names must be 2, one for each class, or none at all, got 1");
    assertThatThrownBy(() -> named("cat", "dog", "cow")).hasMessageEndingWith("got 3");
    assertThatThrownBy(() -> named("cat", "cat"))
        .hasMessage("names of the classes must differ, got 'cat' twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \t", "a\nb", "\u001b[2J", "a\u2028b", "a\u2029", "\u0085"})
  void nameThatIsNoNameIsRefused(String name) {
    assertThatThrownBy(() -> named("cat", name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("name of a class must not be blank and fit one line, got '");
  }

  @Test
  void inputAndClassesAreChecked() {
    Normalization two = Normalization.none(2);
    assertThatThrownBy(() -> new Task(List.of(3), two, 2)).hasMessageContaining("input mean");
    assertThatThrownBy(() -> new Task(List.of(2), two, 0))
        .hasMessage("classes must be at least 1, got 0");
  }
}
