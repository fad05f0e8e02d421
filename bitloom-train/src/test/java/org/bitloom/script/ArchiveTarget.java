package org.bitloom.script;

import java.util.List;
import java.util.Map;
import org.bitloom.testkit.ModuleFile;
import org.bitloom.testkit.fuzz.FuzzTarget;
import org.bitloom.testkit.fuzz.Mutator;
import org.bitloom.testkit.fuzz.ZipVariant;

/** Archives of TorchScript modules: every tensor is read, and written back. */
final class ArchiveTarget implements FuzzTarget {
  @Override
  public List<byte[]> seeds() {
    return List.of(
        ModuleFile.dense(3, 2).bytes(),
        ModuleFile.convolutional(4, 2).alias("twin", "gain").bytes(),
        ZipBytes.write(ZipBytes.read(ModuleFile.dense(2, 2).bytes())));
  }

  @Override
  public boolean read(byte[] input) {
    return isRead(input);
  }

  static boolean isRead(byte[] input) {
    try {
      ScriptArchive archive = ScriptArchive.read(input);
      for (Map.Entry<String, ScriptTensor> tensor : archive.tensors().entrySet()) {
        byte[] values = archive.values(tensor.getKey());
        if (values.length > input.length * 8L + 1024) {
          throw new AssertionError(values.length + " bytes of " + tensor);
        }
        archive.with(Map.of(tensor.getKey(), values));
      }
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public byte[] vary(byte[] seed, Mutator mutator) {
    return ZipVariant.vary(seed, mutator);
  }

  @Override
  public byte[] repair(byte[] input) {
    return ZipVariant.repair(input);
  }
}
