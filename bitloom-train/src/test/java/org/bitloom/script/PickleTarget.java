package org.bitloom.script;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.testkit.ModuleFile;
import org.bitloom.testkit.fuzz.FuzzTarget;
import org.bitloom.testkit.fuzz.Mutator;
import org.bitloom.testkit.fuzz.PickleVariant;

/** Pickles of TorchScript modules, alone and as the module of an archive. */
final class PickleTarget implements FuzzTarget {
  private static final String ENTRY = ModuleFile.FOLDER + "data.pkl";

  private final Map<String, byte[]> archive =
      ZipBytes.read(ModuleFile.convolutional(4, 2).alias("twin", "gain").bytes());

  @Override
  public List<byte[]> seeds() {
    return List.of(archive.get(ENTRY), ZipBytes.read(ModuleFile.dense(3, 2).bytes()).get(ENTRY));
  }

  @Override
  public boolean read(byte[] input) {
    Map<String, byte[]> entries = new LinkedHashMap<>(archive);
    entries.put(ENTRY, input);
    return ArchiveTarget.isRead(ZipBytes.write(entries));
  }

  @Override
  public byte[] vary(byte[] seed, Mutator mutator) {
    return PickleVariant.vary(seed, mutator);
  }

  @Override
  public List<byte[]> words() {
    return PickleVariant.words();
  }
}
