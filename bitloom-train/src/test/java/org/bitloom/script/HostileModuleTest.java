package org.bitloom.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bitloom.testkit.ModuleFile;
import org.bitloom.testkit.PickleWriter;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules whose tensors or attributes do harm before any of their code runs: refused, and soon. */
class HostileModuleTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int MOST = Integer.MAX_VALUE;

  private static byte[] archive(byte[] object, byte[] constants) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("toy/data.pkl", object);
    entries.put("toy/data/0", new byte[16]);
    entries.put("toy/constants/0", new byte[16]);
    entries.put("toy/constants.pkl", constants);
    entries.put("toy/code/__torch__.py", "class Toy(Module):\n".getBytes(StandardCharsets.UTF_8));
    entries.put("toy/version", new byte[] {'3'});
    return ZipBytes.write(entries);
  }

  /** Returns a module with one attribute, {@code w}. */
  private static byte[] module(Consumer<PickleWriter> attribute) {
    PickleWriter pickle = new PickleWriter().global("__torch__", "Toy").code(')').code(0x81);
    pickle.code('}').text("w");
    attribute.accept(pickle);
    byte[] nothing = new PickleWriter().code(')').code('.').bytes();
    return archive(pickle.code('s').code('b').code('.').bytes(), nothing);
  }

  private static void storage(PickleWriter pickle, String type, String name, int elements) {
    pickle.code('(').text("storage").global("torch", type + "Storage").text(name).text("cpu");
    pickle.integer(elements).code('t').code('Q');
  }

  private static void tensor(
      PickleWriter pickle, String type, int elements, int offset, List<List<Integer>> places) {
    pickle.global("torch._utils", "_rebuild_tensor_v2").code('(');
    storage(pickle, type, "0", elements);
    pickle.integer(offset);
    for (List<Integer> numbers : places) {
      pickle.code('(');
      numbers.forEach(pickle::integer);
      pickle.code('t');
    }
    pickle.code(0x88).global("collections", "OrderedDict").code(')').code('R');
    pickle.code('t').code('R');
  }

  /** Returns a module of one tensor in a storage of 16 bytes. */
  private static byte[] module(
      String type, int elements, int offset, List<Integer> shape, List<Integer> strides) {
    return module(pickle -> tensor(pickle, type, elements, offset, List.of(shape, strides)));
  }

  private static void assertRefused(byte[] file, String why) {
    IllegalArgumentException refusal =
        Assertions.assertTimeoutPreemptively(
            SOON,
            () ->
                catchThrowableOfType(
                    IllegalArgumentException.class, () -> ScriptArchive.read(file)));
    assertThat(refusal).isNotNull().hasMessageContaining(why);
    assertThat(refusal.getMessage()).hasSizeLessThan(1000);
  }

  @Test
  void anHonestTensorIsTaken() {
    ScriptArchive archive = ScriptArchive.read(module("Float", 4, 1, List.of(3, 1), List.of(1, 9)));
    assertThat(archive.tensors()).containsOnlyKeys("w");
  }

  private static List<Arguments> lyingTensors() {
    return List.of(
        Arguments.of(4, 0, List.of(5), List.of(1), "must lie within its storage 0 of 4 elements"),
        Arguments.of(4, 1, List.of(4), List.of(1), "must lie within its storage"),
        Arguments.of(4, 0, List.of(2, 2), List.of(4, 1), "must lie within its storage"),
        Arguments.of(4, MOST, List.of(1), List.of(1), "must lie within its storage"),
        Arguments.of(4, MOST, List.of(), List.of(), "must lie within its storage"),
        Arguments.of(4, 0, List.of(2), List.of(MOST), "must lie within its storage"),
        Arguments.of(4, 0, List.of(MOST, 2), List.of(MOST, MOST), "at most 2147483647 elements"),
        Arguments.of(4, 0, List.of(MOST, MOST), List.of(0, 0), "at most 2147483647 elements"),
        Arguments.of(4, 0, List.of(MOST, MOST, 0), List.of(0, 0, 0), "at most 2147483647 elements"),
        Arguments.of(4, 0, List.of(1 << 30), List.of(0), "many times the bytes of their storages"),
        Arguments.of(4, -1, List.of(1), List.of(1), "begin in its storage, got 1 and 1, beginning"),
        Arguments.of(4, 3, List.of(4), List.of(-1), "lengths and strides of 0 or more"),
        Arguments.of(4, 0, List.of(-1), List.of(1), "lengths and strides of 0 or more"),
        Arguments.of(4, 0, List.of(1, 1), List.of(1), "a stride for each"),
        Arguments.of(5, 0, List.of(5), List.of(1), "storage 0 must hold the 5 elements of type"),
        Arguments.of(MOST, 0, List.of(1), List.of(1), "must hold the 2147483647 elements"),
        Arguments.of(-1, 0, List.of(0), List.of(1), "must lie within its storage 0 of -1"));
  }

  /** The engine believes all of it, and takes foreign memory for weights or ends the JVM. */
  @ParameterizedTest
  @MethodSource("lyingTensors")
  void aTensorOutsideOfItsStorageIsRefused(
      int elements, int offset, List<Integer> shape, List<Integer> strides, String why) {
    assertRefused(module("Float", elements, offset, shape, strides), why);
  }

  @Test
  void aTensorOfAWiderTypeThanItsStorageHoldsIsRefused() {
    assertRefused(module("Double", 4, 0, List.of(1), List.of(1)), "storage 0 must hold the 4");
    assertRefused(module("Quantum", 1, 0, List.of(1), List.of(1)), "must be a known one, got");
  }

  @Test
  void tensorsOfTheConstantsAreCheckedToo() {
    PickleWriter constants = new PickleWriter();
    tensor(constants, "Float", 4, 1, List.of(List.of(4), List.of(1)));
    byte[] object = new PickleWriter().code('N').code('.').bytes();
    assertRefused(archive(object, constants.code(0x85).code('.').bytes()), "constants.pkl: ");
  }

  /** Its lengths are read when it is made; a list could change before anybody looks again. */
  @Test
  void aTensorWhoseShapeCanChangeIsRefused() {
    assertRefused(
        module(
            pickle -> {
              pickle.global("torch._utils", "_rebuild_tensor_v2").code('(');
              storage(pickle, "Float", "0", 4);
              pickle.integer(0).code(']').integer(1).code('a').code(']').integer(1).code('a');
              pickle.code(0x88).code(')').code('t').code('R');
            }),
        "pickle must be whole, broke at byte");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch._utils _rebuild_sparse_tensor",
        "torch._utils _rebuild_qtensor",
        "torch._tensor _rebuild_from_type_v2",
        "torch.jit._pickle build_tensor_from_id"
      })
  void tensorsMadeInOtherWaysAreRefused(String maker) {
    String[] names = maker.split(" ", -1);
    assertRefused(
        module(pickle -> pickle.global(names[0], names[1]).code(')').code('R')),
        "tensors must be dense, data.pkl has one made by " + names[0]);
  }

  @Test
  void aStorageThatIsNotThereIsRefused() {
    PickleWriter constants = new PickleWriter();
    storage(constants, "Float", "../data/0", 4);
    byte[] object = new PickleWriter().code('N').code('.').bytes();
    assertRefused(
        archive(object, constants.code('.').bytes()),
        "must hold toy/constants/../data/0, it is missing");
  }

  /** Every list holds the one before it twice, so the last holds 2^60. */
  @Test
  void listsThatHoldOneAnotherTwiceAreRefused() {
    assertRefused(
        module(
            pickle -> {
              pickle.code('(').code(']').raw((byte) 'q', (byte) 0);
              for (int i = 0; i < 60; i++) {
                pickle.code(']').raw((byte) 'h', (byte) i).code('a').raw((byte) 'h', (byte) i);
                pickle.code('a').raw((byte) 'q', (byte) (i + 1));
              }
              pickle.code('t');
            }),
        "at most 1048576 attributes");
  }

  @Test
  void modulesThatHoldOneAnotherTwiceAreRefused() {
    assertRefused(
        module(
            pickle -> {
              pickle.code('(').global("__torch__", "Leaf").code(')').code(0x81);
              pickle.code('}').code('b').raw((byte) 'q', (byte) 0);
              for (int i = 0; i < 60; i++) {
                pickle.global("__torch__", "Pair").code(')').code(0x81).code('}');
                pickle.text("a").raw((byte) 'h', (byte) i).code('s');
                pickle.text("b").raw((byte) 'h', (byte) i).code('s').code('b');
                pickle.raw((byte) 'q', (byte) (i + 1));
              }
              pickle.code('t');
            }),
        "at most 1048576 attributes");
  }

  @Test
  void aListThatHoldsItselfIsRefused() {
    assertRefused(
        module(
            pickle ->
                pickle.code(']').raw((byte) 'q', (byte) 0).raw((byte) 'h', (byte) 0).code('a')),
        "nested at most 100 deep");
  }

  /** The hash of such a key takes for ever, or the whole stack. */
  @ParameterizedTest
  @ValueSource(chars = {')', ']', '}'})
  void keysOfDictionariesMustBeTextsOrNumbers(char key) {
    assertRefused(module(pickle -> pickle.code('}').code(key).code('N').code('s')), "no number");
  }

  @Test
  void aPathOfEndlessNamesIsRefused() {
    assertRefused(
        module(pickle -> pickle.code('}').text("n".repeat(5000)).code(']').code('s')),
        "names of up to 1000 letters");
  }

  @Test
  void aPickleOfEndlessInstructionsIsRefused() {
    byte[] empty = new byte[3_000_000];
    Arrays.fill(empty, (byte) '}');
    assertRefused(module(pickle -> pickle.raw(empty)), "at most 2097152 instructions");
  }

  /** The engine takes memory for all numbers up to it. */
  @ParameterizedTest
  @CsvSource({"ffffff7f, memory of the number 2147483647", "ffffffff, memory of the number -1"})
  void aHugeNumberToRememberAValueByIsRefused(String number, String why) {
    byte[] bytes = HexFormat.of().parseHex("72" + number);
    assertRefused(module(pickle -> pickle.code('N').raw(bytes)), why);
  }

  @Test
  void anObjectGetsItsStateOnce() {
    assertRefused(
        module(
            pickle -> {
              pickle.global("__torch__", "Leaf").code(')').code(0x81);
              pickle.code('}').code('b').code('}').code('b');
            }),
        "gets its state twice");
  }

  /** 30,000 objects with one state of 60,000 values: each object has its own copy. */
  @Test
  void oneStateForManyObjectsIsRefused() {
    assertRefused(
        module(
            pickle -> {
              pickle.code(']').code('(').code('}').raw((byte) 'q', (byte) 0);
              for (int key = 0; key < 60_000; key++) {
                pickle.raw((byte) 'M', (byte) key, (byte) (key >> 8)).code('N').code('s');
              }
              for (int i = 0; i < 30_000; i++) {
                pickle.global("__torch__", "A").code(')').code(0x81);
                pickle.raw((byte) 'h', (byte) 0).code('b');
              }
              pickle.code('e');
            }),
        "states of more than 2097152 values");
  }

  @Test
  void entriesOfAnotherFolderAreRefused() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("other/data.txt", new byte[1]);
    entries.putAll(ZipBytes.read(ModuleFile.dense(4, 2).bytes()));
    assertRefused(
        ZipBytes.write(entries),
        "all of its entries must lie in one folder, got toy/ and other/data.txt");
  }

  /** With a model of a time before version 1 the engine would read that instead of the module. */
  @Test
  void theEngineGetsWhatWasCheckedAndNothingElse() {
    Map<String, byte[]> entries = ZipBytes.read(ModuleFile.dense(4, 2).bytes());
    Map<String, byte[]> more = new LinkedHashMap<>(entries);
    more.put("toy/model.json", "{}".getBytes(StandardCharsets.UTF_8));
    more.put("toy/code/__torch__.py.debug_pkl", new byte[] {1});
    ScriptArchive archive = ScriptArchive.read(ZipBytes.write(more));
    assertThat(ZipBytes.read(archive.with(Map.of())))
        .containsOnlyKeys(entries.keySet().toArray(String[]::new));
  }
}
