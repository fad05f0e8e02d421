package org.bitloom.io;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a safetensors file that nobody vouches for.
 *
 * <p>Opening checks the whole header against the size of the file: data without holes or overlap,
 * each tensor as long as its type and shape say, to the last byte. Memory is taken only for what
 * the file really has. The file must not change while it is open.
 */
public final class SafetensorsFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Virtual machines refuse arrays a few elements short of 2^31-1. */
  private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

  private final Path path;
  private final FileChannel channel;
  private final byte[] headerBytes;
  private final SafetensorsHeader header;
  private final Map<String, TensorEntry> byName = new HashMap<>();

  private SafetensorsFile(
      Path path, FileChannel channel, byte[] headerBytes, SafetensorsHeader header) {
    this.path = path;
    this.channel = channel;
    this.headerBytes = headerBytes;
    this.header = header;
    header.tensors().forEach(tensor -> byName.put(tensor.name(), tensor));
  }

  /**
   * Opens a file and checks its header; the caller closes it.
   *
   * @throws CorruptFileException if it is not a safetensors file in every detail
   * @throws IOException if it cannot be read
   */
  public static SafetensorsFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      byte[] headerBytes = readHeader(path, channel);
      SafetensorsHeader header = SafetensorsHeader.parse(path, headerBytes, channel.size());
      return new SafetensorsFile(path, channel, headerBytes, header);
    } catch (CorruptFileException e) {
      channel.close();
      throw otherKind(path, e);
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  /** Says what a file is that is no safetensors file at all; else returns the error as it is. */
  private static CorruptFileException otherKind(Path path, CorruptFileException damage)
      throws IOException {
    FileKind kind = FileKind.of(path);
    if (kind == FileKind.SAFETENSORS || kind == FileKind.UNKNOWN) {
      return damage;
    }
    CorruptFileException other =
        CorruptFileException.otherKind(
            path, "file must be safetensors, got " + kind.title(), kind.advice());
    other.initCause(damage);
    return other;
  }

  private static byte[] readHeader(Path path, FileChannel channel) throws IOException {
    long fileBytes = channel.size();
    if (fileBytes < Safetensors.LENGTH_BYTES) {
      throw new CorruptFileException(
          path, 0, "file must have at least 8 bytes", String.valueOf(fileBytes));
    }
    ByteBuffer length = newBuffer(Safetensors.LENGTH_BYTES);
    readFully(path, channel, length, 0);
    long headerBytes = length.getLong(0);
    long max = Math.min(Safetensors.MAX_HEADER_BYTES, fileBytes - Safetensors.LENGTH_BYTES);
    if (headerBytes < 0 || headerBytes > max) {
      throw new CorruptFileException(
          path, 0, "header length must be 0.." + max, Long.toUnsignedString(headerBytes));
    }
    byte[] header = new byte[(int) headerBytes];
    readFully(path, channel, ByteBuffer.wrap(header), Safetensors.LENGTH_BYTES);
    return header;
  }

  /** Returns the Strings about the file, the checksum among them, in file order. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** Returns the tensors in the order of their data. */
  public List<TensorEntry> tensors() {
    return header.tensors();
  }

  /** Reads a tensor of type F32 into a new array. */
  public float[] floats(String name) throws IOException {
    return (float[]) read(name, TensorType.F32);
  }

  /** Reads a tensor of type F64 into a new array. */
  public double[] doubles(String name) throws IOException {
    return (double[]) read(name, TensorType.F64);
  }

  /** Reads a tensor of type I32 or U32 into a new array of raw bits. */
  public int[] ints(String name) throws IOException {
    return (int[]) read(name, TensorType.I32, TensorType.U32);
  }

  /** Reads a tensor of type I64 or U64 into a new array of raw bits. */
  public long[] longs(String name) throws IOException {
    return (long[]) read(name, TensorType.I64, TensorType.U64);
  }

  /** Reads a tensor of type I16, U16, F16 or BF16 into a new array of raw bits. */
  public short[] shorts(String name) throws IOException {
    return (short[]) read(name, TensorType.I16, TensorType.U16, TensorType.F16, TensorType.BF16);
  }

  /** Reads a tensor of a type of one byte into a new array of raw bits. */
  public byte[] bytes(String name) throws IOException {
    return (byte[])
        read(
            name,
            TensorType.U8,
            TensorType.I8,
            TensorType.BOOL,
            TensorType.F8_E4M3,
            TensorType.F8_E5M2);
  }

  /** Reads a tensor of any type; all tensors read and written again give the same data. */
  public TensorData data(String name) throws IOException {
    TensorEntry tensor = entry(name);
    return new TensorData(name, tensor.type(), tensor.shape(), read(name, tensor.type()));
  }

  /**
   * Describes the tensor called {@code name}.
   *
   * @throws CorruptFileException if the file has none
   */
  public TensorEntry entry(String name) throws CorruptFileException {
    TensorEntry tensor = byName.get(name);
    if (tensor == null) {
      throw new CorruptFileException(path, "file must have a tensor " + name, "none");
    }
    return tensor;
  }

  private Object read(String name, TensorType... allowed) throws IOException {
    TensorEntry tensor = entry(name);
    TensorType type = tensor.type();
    if (!Arrays.asList(allowed).contains(type)) {
      throw new CorruptFileException(
          path, "type of " + name + " must be one of " + Arrays.toString(allowed), type.name());
    }
    if (tensor.elements() > MAX_ELEMENTS) {
      throw new CorruptFileException(
          path,
          tensor.begin(),
          name + " must have at most " + MAX_ELEMENTS + " elements to fit a Java array",
          String.valueOf(tensor.elements()));
    }
    return readArray(tensor);
  }

  private Object readArray(TensorEntry tensor) throws IOException {
    int elements = (int) tensor.elements();
    int width = tensor.type().bytes();
    Object array = Array.newInstance(tensor.type().array().getComponentType(), elements);
    ByteBuffer buffer = newBuffer(BUFFER_BYTES);
    int from = 0;
    while (from < elements) {
      int count = Math.min(BUFFER_BYTES / width, elements - from);
      buffer.clear().limit(count * width);
      readFully(path, channel, buffer, tensor.begin() + (long) from * width);
      get(buffer.flip(), array, from, count);
      from += count;
    }
    return array;
  }

  private static void get(ByteBuffer buffer, Object array, int from, int count) {
    if (array instanceof float[] floats) {
      buffer.asFloatBuffer().get(floats, from, count);
    } else if (array instanceof int[] ints) {
      buffer.asIntBuffer().get(ints, from, count);
    } else if (array instanceof long[] longs) {
      buffer.asLongBuffer().get(longs, from, count);
    } else if (array instanceof short[] shorts) {
      buffer.asShortBuffer().get(shorts, from, count);
    } else if (array instanceof double[] doubles) {
      buffer.asDoubleBuffer().get(doubles, from, count);
    } else {
      buffer.get((byte[]) array, from, count);
    }
  }

  /**
   * Reads the whole file once and compares it with the checksum in its metadata.
   *
   * @throws CorruptFileException if the key {@code sha256} is absent or says otherwise
   */
  public void verifyChecksum() throws IOException {
    String stored = metadata().get(Checksum.KEY);
    int digitsInHeader = Checksum.digitsIn(headerBytes);
    if (stored == null || digitsInHeader < 0 || !stored.equals(rawDigits(digitsInHeader))) {
      throw new CorruptFileException(
          path,
          Safetensors.LENGTH_BYTES,
          "metadata must have the key sha256 with 64 digits",
          String.valueOf(stored));
    }
    long digitsAt = (long) Safetensors.LENGTH_BYTES + digitsInHeader;
    String found = checksum(digitsAt);
    if (!found.equals(stored)) {
      throw new CorruptFileException(path, digitsAt, "sha256 of the file must be " + stored, found);
    }
  }

  private String rawDigits(int at) {
    return new String(headerBytes, at, Checksum.DIGITS, StandardCharsets.US_ASCII);
  }

  private String checksum(long digitsAt) throws IOException {
    MessageDigest digest = Sha256.digest();
    ByteBuffer buffer = newBuffer(BUFFER_BYTES);
    long fileBytes = channel.size();
    for (long at = 0; at < fileBytes; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(BUFFER_BYTES, fileBytes - at));
      readFully(path, channel, buffer, at);
      long from = Math.max(digitsAt, at);
      long to = Math.min(digitsAt + Checksum.DIGITS, at + buffer.limit());
      for (long digit = from; digit < to; digit++) {
        buffer.put((int) (digit - at), (byte) '0');
      }
      digest.update(buffer.flip());
    }
    return new String(Checksum.digits(digest), StandardCharsets.US_ASCII);
  }

  private static ByteBuffer newBuffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void readFully(Path path, FileChannel channel, ByteBuffer buffer, long from)
      throws IOException {
    while (buffer.hasRemaining()) {
      long at = from + buffer.position();
      if (channel.read(buffer, at) < 0) {
        throw new CorruptFileException(path, at, "file must go on here", "its end");
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
