package org.bitloom.script;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle, read one after the other. Ends with a runtime exception of any kind. */
final class PickleCode {
  private static final int LONGEST_NAME = 1000;

  private final ByteBuffer code;

  PickleCode(byte[] bytes) {
    code = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the number of bytes read. */
  int position() {
    return code.position();
  }

  /** Returns the next byte, 0..255. */
  int next() {
    return code.get() & 0xff;
  }

  /** Returns the next four bytes. */
  int integer() {
    return code.getInt();
  }

  /** Returns the value that an instruction pushes which takes nothing from the stack. */
  Object constant(int instruction) {
    return switch (instruction) {
      case 'N' -> null;
      case 0x88 -> true;
      case 0x89 -> false;
      case 'K' -> (long) next();
      case 'M' -> (long) (code.getShort() & 0xffff);
      case 'J' -> (long) code.getInt();
      case 0x8a -> longInteger(bytes(next()));
      case 'G' -> Double.longBitsToDouble(Long.reverseBytes(code.getLong()));
      case 'X' -> new String(bytes(code.getInt()), StandardCharsets.UTF_8);
      case 0x8d -> new String(bytes(Math.toIntExact(code.getLong())), StandardCharsets.UTF_8);
      default -> throw new IllegalArgumentException("instruction " + instruction);
    };
  }

  private static Object longInteger(byte[] littleEndian) {
    byte[] bigEndian = new byte[littleEndian.length + 1]; // one more: there may be none at all
    for (int i = 0; i < littleEndian.length; i++) {
      bigEndian[bigEndian.length - 1 - i] = littleEndian[i];
    }
    boolean negative = littleEndian.length > 0 && littleEndian[littleEndian.length - 1] < 0;
    bigEndian[0] = (byte) (negative ? -1 : 0);
    return new BigInteger(bigEndian).longValueExact();
  }

  private byte[] bytes(int count) {
    if (count < 0 || count > code.remaining()) {
      throw new IllegalArgumentException("text of " + count + " bytes");
    }
    byte[] bytes = new byte[count];
    code.get(bytes);
    return bytes;
  }

  /** Returns what stands before the next line feed. */
  String line() {
    StringBuilder line = new StringBuilder();
    for (char c = (char) code.get(); c != '\n'; c = (char) code.get()) {
      line.append(c);
      Pickle.require(
          line.length() <= LONGEST_NAME, "name of a class beyond " + LONGEST_NAME + " letters");
    }
    return line.toString();
  }
}
