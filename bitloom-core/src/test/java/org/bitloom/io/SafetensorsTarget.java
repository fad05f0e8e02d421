package org.bitloom.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bitloom.testkit.fuzz.FuzzTarget;
import org.bitloom.testkit.fuzz.SafetensorsRepair;
import org.bitloom.testkit.fuzz.ScratchFile;

/** Safetensors files of any program: every tensor is read. */
final class SafetensorsTarget implements FuzzTarget {
  private final ScratchFile scratch = new ScratchFile(".safetensors");

  @Override
  public List<byte[]> seeds() throws IOException {
    Path path = scratch.with(new byte[0]);
    List<TensorData> tensors =
        List.of(
            TensorData.floats("weight", new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6}),
            TensorData.longs("steps", new long[] {}, new long[] {7}),
            TensorData.unsignedBytes("mask", new long[] {5}, new byte[] {1, 0, 1, 1, 0}),
            TensorData.unsignedShorts("half", new long[] {2}, new short[] {0x3C00, 0x7BFF}),
            TensorData.ints("empty", new long[] {0, 4}, new int[0]));
    Safetensors.write(path, Map.of("format", "pt", "\u00e9", "\u4e2d\n"), tensors);
    byte[] written = Files.readAllBytes(path);
    String bare = "        {\"a\":{\"dtype\":\"BOOL\",\"shape\":[1],\"data_offsets\":[0,1]}}\1";
    byte[] bytes = bare.getBytes(StandardCharsets.US_ASCII);
    return List.of(written, SafetensorsRepair.repair(bytes));
  }

  @Override
  public boolean read(byte[] input) throws IOException {
    Path path = scratch.with(input);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      long elements = 0;
      for (TensorEntry tensor : file.tensors()) {
        elements += file.data(tensor.name()).elements();
      }
      if (elements > input.length) {
        throw new AssertionError(elements + " elements of " + input.length + " bytes");
      }
      return true;
    } catch (CorruptFileException e) {
      return false;
    }
  }

  @Override
  public byte[] repair(byte[] input) {
    return SafetensorsRepair.repair(input);
  }

  @Override
  public List<byte[]> words() {
    return SafetensorsRepair.words();
  }
}
