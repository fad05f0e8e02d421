package org.bitloom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bitloom.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  private static List<Arguments> values() {
    return List.of(
        arguments("0", 0L),
        arguments("-0", 0L),
        arguments("-0.0", -0.0),
        arguments("9223372036854775807", Long.MAX_VALUE),
        arguments("-9223372036854775808", Long.MIN_VALUE),
        arguments("9223372036854775808", 0x1p63),
        arguments("-9223372036854775809", -0x1p63),
        arguments("1" + "0".repeat(300), 1e300),
        arguments("1e2", 100.0),
        arguments("1E+2", 100.0),
        arguments("12.5e-1", 1.25),
        arguments("1e-999", 0.0),
        arguments("true", true),
        arguments("false", false),
        arguments("null", null),
        arguments("\"\"", ""),
        arguments("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\"", "\"\\/\b\f\n\r\tAé"),
        arguments("\"\\uD83D\\uDE00 😀\"", "😀 😀"),
        arguments("\"\u007f\u2028\"", "\u007f\u2028"),
        arguments("[]", List.of()),
        arguments("{}", Map.of()),
        arguments(
            " [ 1 ,\t\"a\"\r\n, [ ] , { \"b\" : { } } ] ",
            List.of(1L, "a", List.of(), Map.of("b", Map.of()))));
  }

  @ParameterizedTest
  @MethodSource("values")
  void readsValues(String text, Object value) {
    assertThat(Json.parse(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "}",
        "]",
        ",",
        ":",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1}",
        "{]",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{,}",
        "{\"a\" 1}",
        "{a:1}",
        "{1:1}",
        "{'a':1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\"::1}",
        "\"",
        "\"a",
        "\"\\",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u\"",
        "\"\\u12\"",
        "\"\\u123",
        "\"\\u12g4\"",
        "\"\\u+123\"",
        "\"\\U0041\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"",
        "\"\\udc00\\ud800\"",
        "\"\ud800\"",
        "\"\\u\uff11\uff12\uff13\uff14\"",
        "\"\n\"",
        "\"\t\"",
        "\"\u0000\"",
        "01",
        "-01",
        "-",
        "+1",
        ".5",
        "5.",
        "1.e3",
        "1e",
        "1e+",
        "1e-",
        "1.5.2",
        "0x10",
        "1e999",
        "-1e999",
        "NaN",
        "Infinity",
        "-Infinity",
        "1f",
        "1L",
        "1_000",
        "\u0661",
        "tru",
        "True",
        "truex",
        "nul",
        "null null",
        "1 2",
        "1,",
        "{} x",
        "/* */ 1",
        "// x",
        "\uFEFF1",
        "\u00a01",
        "\f1",
        "1\u0000",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":1}"
      })
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith("JSON at offset ");
  }

  @Test
  void offsetPointsAtTheFirstCharThatIsWrong() {
    assertThatThrownBy(() -> Json.parse("{\"a\":[1,x]}"))
        .isInstanceOfSatisfying(JsonException.class, e -> assertThat(e.offset()).isEqualTo(8))
        .hasMessage("JSON at offset 8: expected a value, got 'x'");
  }

  @Test
  void nestingIsCapped() {
    String deepest = "[".repeat(64) + "]".repeat(64);
    assertThat(Json.print(Json.parse(deepest))).isEqualTo(deepest);

    assertThatThrownBy(() -> Json.parse("[" + deepest + "]")).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> Json.parse("{\"a\":".repeat(1_000_000)))
        .isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> Json.print(List.of(Json.parse(deepest))))
        .isInstanceOf(JsonException.class);
  }

  @Test
  void valueThatContainsItselfIsNotPrinted() {
    List<Object> loop = new ArrayList<>();
    loop.add(loop);
    assertThatThrownBy(() -> Json.print(loop)).isInstanceOf(JsonException.class);
  }

  @Test
  void printsCompactlyInTheOrderGiven() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("z", 1);
    value.put("a", Arrays.asList((byte) -1, (short) 2, 3L, null, true, 0.5f));
    value.put("\"\\/\b\f\n\r\t\u0001\u001f\u007f", "é漢😀");

    assertThat(Json.print(value))
        .isEqualTo(
            "{\"z\":1,\"a\":[-1,2,3,null,true,0.5],"
                + "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\u007f\":\"é漢😀\"}");
  }

  private static List<Arguments> doubles() {
    return List.of(
        arguments(2.0, "2.0"),
        arguments(-2.0, "-2.0"),
        arguments(0.0, "0.0"),
        arguments(-0.0, "-0.0"),
        arguments(0.1, "0.1"),
        arguments(100.0, "100.0"),
        arguments(123456.789, "123456.789"),
        arguments(1e15, "1000000000000000.0"),
        arguments(1e16, "1e16"),
        arguments(-1.5e300, "-1.5e300"),
        arguments(0.00001, "0.00001"),
        arguments(0.000001, "1e-6"),
        arguments(9e-4, "0.0009"),
        arguments(2e-44, "2e-44"),
        arguments(0x1p-44, "5.684341886080802e-14"),
        arguments(Double.MIN_VALUE, "5e-324"),
        arguments(Double.MAX_VALUE, "1.7976931348623157e308"),
        arguments(Math.PI, "3.141592653589793"));
  }

  @ParameterizedTest
  @MethodSource("doubles")
  void doublesHaveTheFewestDigitsThatTellThemApart(double value, String text) {
    assertThat(Json.print(value)).isEqualTo(text);
    assertThat(Json.parse(text)).isEqualTo(value);
  }

  @Test
  void everyDoubleReadsBackAsItself() {
    SplittableRandom random = Seeds.random();
    for (int i = 0; i < 3_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Json.parse(Json.print(value))).isEqualTo(value);
      }
      float single = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(single)) {
        assertThat(Json.parse(Json.print(single))).isEqualTo((double) single);
      }
    }
  }

  @Test
  void refusesToPrintWhatJsonCannotSay() {
    for (Object value :
        Arrays.asList(
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Float.NaN,
            "\ud800",
            "\udc00x",
            Map.of("\ud800", 1),
            Map.of(1, 1),
            new int[1],
            'c',
            BigInteger.ONE,
            List.of().stream())) {
      assertThatThrownBy(() -> Json.print(List.of(value))).isInstanceOf(JsonException.class);
    }
    assertThatThrownBy(() -> Json.print(Double.NaN)).hasMessageContaining("finite, got NaN");
  }

  @Test
  void randomValuesReadBackAsThemselves() {
    SplittableRandom random = Seeds.random();
    for (int i = 0; i < 300; i++) {
      Object value = randomValue(random, 5);
      assertThat(Json.parse(Json.print(value))).isEqualTo(value);
    }
  }

  private static Object randomValue(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextDouble() * random.nextInt();
      case 2 -> random.nextBoolean();
      case 3 -> null;
      case 4 -> randomString(random);
      case 5 -> {
        List<Object> elements = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          elements.add(randomValue(random, depth - 1));
        }
        yield elements;
      }
      default -> {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          members.put(randomString(random), randomValue(random, depth - 1));
        }
        yield members;
      }
    };
  }

  private static String randomString(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      int point = random.nextInt(random.nextBoolean() ? 0x80 : 0x20000);
      text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? ' ' : point);
    }
    return text.toString();
  }
}
