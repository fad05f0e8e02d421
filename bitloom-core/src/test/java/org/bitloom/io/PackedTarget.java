package org.bitloom.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitloom.model.BitModel;
import org.bitloom.testkit.GoldenModels;
import org.bitloom.testkit.Seeds;
import org.bitloom.testkit.fuzz.FuzzTarget;
import org.bitloom.testkit.fuzz.Mutator;
import org.bitloom.testkit.fuzz.ScratchFile;

/** Packed networks; half of the changes are made in the header before it is deflated. */
final class PackedTarget implements FuzzTarget {
  private static final int CHECK_BYTES = 8;
  private static final int HEADER_AT = 13;

  private final ScratchFile scratch = new ScratchFile(".packed");
  private final ScratchFile copy = new ScratchFile(".packed");

  @Override
  public List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    BitModel dense = Models.dense(Seeds.random(), 6, 9, 7, 5, 3);
    BitModel around = Models.around(dense, 13, Seeds.random("around"));
    Path folder = Files.createTempDirectory("bitloom-fuzz");
    Path golden = GoldenModels.model("format3/nested-module", folder);
    BitModel module = ModelFile.read(golden);
    Files.delete(golden);
    Files.delete(folder);
    for (BitModel model :
        List.of(Models.tiny(), dense, around, FormatPageTest.ofEveryKind(), module)) {
      Path path = copy.with(new byte[0]);
      PackedFile.write(path, model, true);
      seeds.add(Files.readAllBytes(path));
    }
    return seeds;
  }

  @Override
  public boolean read(byte[] input) throws IOException {
    BitModel model;
    try {
      model = PackedFile.read(scratch.with(input)).model();
    } catch (CorruptFileException e) {
      return false;
    }
    if (Arrays.hashCode(input) % 16 == 0) {
      Path path = copy.with(new byte[0]);
      PackedFile.write(path, model, true);
      if (!PackedFile.read(path).model().equals(model)) {
        throw new AssertionError("an accepted network must be the same when written and read");
      }
    }
    return true;
  }

  @Override
  public byte[] vary(byte[] seed, Mutator mutator) {
    byte[] changed = mutator.mutate(seed);
    if (changed.length % 2 == 0) {
      return changed;
    }
    try {
      return withHeader(seed, mutator.mutate(header(seed)));
    } catch (IllegalArgumentException e) {
      return changed;
    }
  }

  private static int headerLength(byte[] file) {
    return file.length < HEADER_AT ? 0 : (file[9] & 0xff) | ((file[10] & 0xff) << 8);
  }

  private static byte[] header(byte[] file) {
    int end = HEADER_AT + headerLength(file);
    return PackedFile.inflate(Arrays.copyOfRange(file, HEADER_AT, Math.min(end, file.length)));
  }

  private static byte[] withHeader(byte[] file, byte[] text) {
    byte[] deflated = PackedFile.deflate(text);
    int from = HEADER_AT + headerLength(file);
    byte[] changed = new byte[HEADER_AT + deflated.length + file.length - from];
    System.arraycopy(file, 0, changed, 0, 9);
    changed[9] = (byte) deflated.length;
    changed[10] = (byte) (deflated.length >> 8);
    System.arraycopy(deflated, 0, changed, HEADER_AT, deflated.length);
    System.arraycopy(file, from, changed, HEADER_AT + deflated.length, file.length - from);
    return changed;
  }

  @Override
  public byte[] repair(byte[] input) {
    if (input.length < HEADER_AT + CHECK_BYTES) {
      return input;
    }
    byte[] repaired = input.clone();
    int end = input.length - CHECK_BYTES;
    MessageDigest digest = Sha256.digest();
    digest.update(input, 0, end);
    System.arraycopy(digest.digest(), 0, repaired, end, CHECK_BYTES);
    return repaired;
  }

  @Override
  public List<byte[]> words() {
    return List.of("null", "[]", "\"111\"", "2147483647", "[65536,1]", "-1", "{}", "\"raw\"")
        .stream()
        .map(word -> word.getBytes(StandardCharsets.UTF_8))
        .toList();
  }
}
