package org.bitloom.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the instructions of a pickle one by one. */
public final class PickleWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Begins a pickle of version 2. */
  public PickleWriter() {
    code(0x80).code(2);
  }

  /** Adds one byte, such as an instruction without argument. */
  public PickleWriter code(int code) {
    bytes.write(code);
    return this;
  }

  /** Pushes a text. */
  public PickleWriter text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    code('X');
    raw(little(utf8.length));
    return raw(utf8);
  }

  /** Pushes an integer of 32 bits. */
  public PickleWriter integer(int value) {
    code('J');
    return raw(little(value));
  }

  /** Pushes a class or function. */
  public PickleWriter global(String module, String name) {
    code('c');
    return raw((module + '\n' + name + '\n').getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes as they are. */
  public PickleWriter raw(byte... more) {
    bytes.writeBytes(more);
    return this;
  }

  private static byte[] little(int value) {
    byte[] bytes = new byte[Integer.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(value);
    return bytes;
  }

  /** Returns what was written. */
  public byte[] bytes() {
    return bytes.toByteArray();
  }
}
