package org.bitloom.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bitloom.testkit.ModuleFile;
import org.bitloom.testkit.PickleWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PickleTest {
  private static Object read(PickleWriter pickle) {
    return Pickle.read(pickle.code('.').bytes());
  }

  private static PickleWriter pickle() {
    return new PickleWriter();
  }

  @ParameterizedTest
  @CsvSource({
    "K ff, 255",
    "M ffff, 65535",
    "J ffffffff, -1",
    "J 00000080, -2147483648",
    "8a 00, 0",
    "8a 01ff, -1",
    "8a 02ff00, 255",
    "8a 08ffffffffffffff7f, 9223372036854775807",
    "8a 080000000000000080, -9223372036854775808",
    "8a 09000000000000007f00, 9151314442816847872"
  })
  void integersOfEveryFormHaveTheirValue(String bytes, long expected) {
    String[] words = bytes.split(" ", -1);
    int instruction = words[0].length() == 1 ? words[0].charAt(0) : 0x8a;
    byte[] argument = HexFormat.of().parseHex(words[1]);
    assertThat(read(pickle().code(instruction).raw(argument))).isEqualTo(expected);
  }

  @Test
  void constantsAndTextsAreTheirJavaTwins() {
    assertThat(read(pickle().code('N'))).isNull();
    assertThat(read(pickle().code(0x88))).isEqualTo(true);
    assertThat(read(pickle().code(0x89))).isEqualTo(false);
    assertThat(read(pickle().text("größe"))).isEqualTo("größe");
    byte[] oneAndAHalf = {0x3f, (byte) 0xf8, 0, 0, 0, 0, 0, 0};
    assertThat(read(pickle().code('G').raw(oneAndAHalf))).isEqualTo(1.5);
    byte[] longText = {2, 0, 0, 0, 0, 0, 0, 0, 'a', 'b'};
    assertThat(read(pickle().code(0x8d).raw(longText))).isEqualTo("ab");
  }

  @Test
  void listsTuplesAndDictionariesKeepTheirOrder() {
    assertThat(read(pickle().code('(').text("b").text("a").code('t'))).isEqualTo(List.of("b", "a"));
    assertThat(read(pickle().text("a").text("b").text("c").code(0x86)))
        .isEqualTo(List.of("b", "c"));
    assertThat(read(pickle().code(')'))).isEqualTo(List.of());
    assertThat(read(pickle().code(']').text("a").code('a').code('(').text("b").code('e')))
        .isEqualTo(List.of("a", "b"));
    Object map =
        read(
            pickle()
                .code('}')
                .text("z")
                .integer(1)
                .code('s')
                .code('(')
                .text("a")
                .code('N')
                .code('u'));
    assertThat(((Map<?, ?>) map).keySet().stream().map(Object::toString)).containsExactly("z", "a");
  }

  @Test
  void remembersValuesUnderSmallAndLargeNumbers() {
    PickleWriter pickle = pickle().text("a").raw((byte) 'q', (byte) 200);
    pickle.raw((byte) 'h', (byte) 200).raw((byte) 'r', (byte) 0, (byte) 1, (byte) 0, (byte) 0);
    pickle.raw((byte) 'j', (byte) 0, (byte) 1, (byte) 0, (byte) 0).code(0x87);
    assertThat(read(pickle)).isEqualTo(List.of("a", "a", "a"));
  }

  @Test
  void whatIsMadeIsDescribedAndNotRun() {
    PickleWriter pickle = pickle().global("os", "system").text("touch it").code(0x85).code('R');
    Pickle.Made made = (Pickle.Made) read(pickle);
    assertThat(made.isBy("os.system")).isTrue();
    assertThat(made.arguments()).hasToString("[touch it]");
    assertThat(made.state()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"8005, unknown instruction", "58ffffffff2e, text of -1 bytes", "742e, no mark"})
  void brokenPicklesAreRefused(String hex, String why) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> Pickle.read(bytes))
        .as(why)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("pickle must be whole, broke at byte ");
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] file = ModuleFile.convolutional(5, 3).bytes();
    byte[] whole = ZipBytes.read(file).get(ModuleFile.FOLDER + "data.pkl");
    assertThat(Pickle.read(whole)).isInstanceOf(Pickle.Made.class);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Pickle.read(part))
          .as("%d bytes", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
