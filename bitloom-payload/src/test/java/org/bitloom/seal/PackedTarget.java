package org.bitloom.seal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bitloom.payload.ContainerFlag;
import org.bitloom.payload.ContainerHeader;
import org.bitloom.payload.ContainerWriter;
import org.bitloom.payload.ContainerWriter.Packer;
import org.bitloom.payload.PayloadException;
import org.bitloom.testkit.fuzz.ContainerRepair;
import org.bitloom.testkit.fuzz.FuzzTarget;

/** Compressed containers whose checksums are right around a body that is not. */
final class PackedTarget implements FuzzTarget {
  private static final Set<ContainerFlag> COMPRESSED = Set.of(ContainerFlag.COMPRESSED);

  private final List<byte[]> contents =
      List.of(
          Samples.content("text", 5000),
          Samples.content("zeros", 300_000),
          Samples.content("random", 600));

  static byte[] container(byte[] content, boolean compressed) {
    Set<ContainerFlag> flags = compressed ? COMPRESSED : Set.of();
    return container(content, flags, Compression.packer(flags));
  }

  /** Returns a container that says it is compressed, whatever the packer makes. */
  static byte[] container(byte[] content, Packer packer) {
    return container(content, COMPRESSED, packer);
  }

  private static byte[] container(byte[] content, Set<ContainerFlag> flags, Packer packer) {
    ContainerHeader first = ContainerHeader.unfinished(flags, "notes.bin");
    ContainerWriter.Content writer = out -> out.write(content);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ContainerHeader header =
          ContainerWriter.write(OutputStream.nullOutputStream(), first, writer, packer);
      ContainerWriter.write(out, header, writer, packer);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return out.toByteArray();
  }

  @Override
  public List<byte[]> seeds() {
    return contents.stream().map(content -> container(content, true)).toList();
  }

  @Override
  public boolean read(byte[] input) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Payloads.extractStored(new ByteArrayInputStream(input), AgeKey.NONE, out);
    } catch (PayloadException e) {
      return false;
    }
    if (contents.stream().noneMatch(content -> Arrays.equals(content, out.toByteArray()))) {
      throw new AssertionError("container must give a content that was stored, gave another");
    }
    return true;
  }

  @Override
  public byte[] repair(byte[] input) {
    return ContainerRepair.repair(input);
  }
}
