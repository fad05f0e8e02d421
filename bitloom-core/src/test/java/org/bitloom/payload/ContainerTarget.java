package org.bitloom.payload;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.bitloom.payload.ContainerReader.Unpacker;
import org.bitloom.testkit.Seeds;
import org.bitloom.testkit.fuzz.ContainerRepair;
import org.bitloom.testkit.fuzz.FuzzTarget;

/** Containers as they lie in free bits; none may ever give another content than a stored one. */
final class ContainerTarget implements FuzzTarget {
  private final List<byte[]> contents = List.of(new byte[0], random(1), random(9000));

  private static byte[] random(int bytes) {
    byte[] content = new byte[bytes];
    Seeds.random("content").nextBytes(content);
    return content;
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    return List.of(
        ContainerTest.container(contents.get(0)),
        ContainerTest.container(contents.get(1)),
        ContainerTest.container(contents.get(2)));
  }

  @Override
  public boolean read(byte[] input) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ContainerReader.open(new ByteArrayInputStream(input)).copyTo(out, Unpacker.NONE);
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
