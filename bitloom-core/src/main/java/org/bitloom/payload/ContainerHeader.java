package org.bitloom.payload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.bitloom.error.UsageException;
import org.bitloom.io.Sha256;
import org.bitloom.payload.PayloadException.Kind;

/**
 * Says what is in a container; docs/format.md describes the bytes.
 *
 * @param flags how the body holds the content
 * @param name of the file that was stored, empty if it is hidden; at most 255 bytes of UTF-8, no
 *     control characters. It is a label, never a path
 * @param bodyBytes length of the body as stored
 * @param contentBytes length of the content
 * @param sha256 of the content, 64 digits 0-9a-f
 */
public record ContainerHeader(
    Set<ContainerFlag> flags, String name, long bodyBytes, long contentBytes, String sha256) {
  /** Bytes before the name. */
  public static final int FIXED_BYTES = 92;

  static final int LATEST_VERSION = 1;

  private static final int MAX_NAME_BYTES = 255;

  /** Sums of such lengths cannot overflow. */
  private static final long MAX_BYTES = 1L << 60;

  private static final int DIGEST_BYTES = 32;
  private static final int DIGEST_AT = FIXED_BYTES - DIGEST_BYTES;
  private static final long MAGIC = 0x0A0D_7961_506C_4289L; // 89 "BlPay" 0D 0A
  private static final int MAX_WRONG_MAGIC_BITS = 8;
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  public ContainerHeader {
    flags = flags.isEmpty() ? Set.of() : Set.copyOf(flags);
    int nameBytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (nameBytes > MAX_NAME_BYTES || CONTROL.matcher(name).find()) {
      throw new IllegalArgumentException(
          "name of a payload must have at most 255 bytes and no control characters, got "
              + nameBytes
              + " bytes");
    }
    boolean lengths = bodyBytes >= 0 && bodyBytes <= MAX_BYTES && contentBytes >= 0;
    if (!lengths || !DIGEST.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "lengths must be 0..2^60 and sha256 have 64 digits, got "
              + bodyBytes
              + ", "
              + contentBytes
              + " and "
              + sha256);
    }
    if (flags.contains(ContainerFlag.COMPRESSED) && flags.contains(ContainerFlag.ENCRYPTED)) {
      throw new IllegalArgumentException(
          "compression must lie within encryption, got both at once");
    }
  }

  /** Announces a container whose lengths and checksum are not known yet. */
  public static ContainerHeader unfinished(Set<ContainerFlag> flags, String name) {
    return new ContainerHeader(flags, name, 0, 0, "0".repeat(2 * DIGEST_BYTES));
  }

  /** Returns the name under which a file is stored: its last part, made printable. */
  public static String nameOf(String fileName) {
    String name = CONTROL.matcher(fileName).replaceAll("?");
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_NAME_BYTES) {
      throw new UsageException(
          "name of a payload must have at most 255 bytes, got " + bytes, "rename the file");
    }
    return name;
  }

  /** Returns the length of a header with a name of {@code nameBytes} bytes. */
  static int size(int nameBytes) {
    return FIXED_BYTES + nameBytes;
  }

  /** Returns the length of the whole container. */
  public long containerBytes() {
    return encode().length + Blocks.storedBytes(bodyBytes);
  }

  /** Returns the bytes of this header. */
  public byte[] encode() {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(size(nameBytes.length))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(MAGIC)
            .put((byte) LATEST_VERSION)
            .put((byte) flags.stream().mapToInt(ContainerFlag::value).sum())
            .putShort((short) nameBytes.length)
            .putLong(bodyBytes)
            .putLong(contentBytes)
            .put(HexFormat.of().parseHex(sha256));
    bytes.put(FIXED_BYTES, nameBytes);
    return bytes.put(digest(bytes.array())).array();
  }

  /** Computes SHA-256 of all but the digest itself. */
  private static byte[] digest(byte[] header) {
    MessageDigest digest = Sha256.digest();
    digest.update(header, 0, DIGEST_AT);
    digest.update(header, FIXED_BYTES, header.length - FIXED_BYTES);
    return digest.digest();
  }

  static boolean isMagic(byte[] bytes) {
    return bytes.length == Long.BYTES
        && ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() == MAGIC;
  }

  /**
   * Reads a header.
   *
   * @throws PayloadException if there is none or it is damaged
   */
  static ContainerHeader read(InputStream in) throws IOException {
    byte[] fixed = in.readNBytes(FIXED_BYTES);
    ByteBuffer bytes = ByteBuffer.wrap(fixed).order(ByteOrder.LITTLE_ENDIAN);
    boolean looksRight =
        fixed.length >= Long.BYTES
            && Long.bitCount(bytes.getLong(0) ^ MAGIC) <= MAX_WRONG_MAGIC_BITS;
    if (!looksRight) {
      throw new PayloadException(
          Kind.ABSENT,
          "free bits must begin with a container, found none",
          "nothing was embedded here, or more than its first bytes are destroyed");
    }
    int nameBytes = fixed.length < FIXED_BYTES ? 0 : bytes.getShort(10) & 0xFFFF;
    byte[] name = in.readNBytes(Math.min(nameBytes, MAX_NAME_BYTES));
    byte[] header = Arrays.copyOf(fixed, FIXED_BYTES + name.length);
    System.arraycopy(name, 0, header, FIXED_BYTES, name.length);
    boolean whole =
        fixed.length == FIXED_BYTES
            && name.length == nameBytes
            && bytes.getLong(0) == MAGIC
            && MessageDigest.isEqual(
                digest(header), Arrays.copyOfRange(header, DIGEST_AT, FIXED_BYTES));
    if (!whole) {
      throw damaged("header must match its checksum, found it damaged");
    }
    return decode(header);
  }

  private static ContainerHeader decode(byte[] header) throws PayloadException {
    ByteBuffer bytes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    int version = bytes.get(8) & 0xFF;
    if (version != LATEST_VERSION) {
      throw damaged(
          "Unknown container " + version + ", this bitloom reads at most " + LATEST_VERSION);
    }
    int set = bytes.get(9) & 0xFF;
    Set<ContainerFlag> flags = EnumSet.noneOf(ContainerFlag.class);
    for (ContainerFlag flag : ContainerFlag.values()) {
      if ((set & flag.value()) != 0) {
        flags.add(flag);
      }
    }
    if (set > 7) {
      throw damaged("flags must be 0..7, got " + set);
    }
    try {
      return new ContainerHeader(
          flags,
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(header, FIXED_BYTES, header.length - FIXED_BYTES))
              .toString(),
          bytes.getLong(12),
          bytes.getLong(20),
          HexFormat.of().formatHex(header, 28, DIGEST_AT));
    } catch (CharacterCodingException | IllegalArgumentException e) {
      throw damaged("header must be consistent: " + e.getMessage());
    }
  }

  private static PayloadException damaged(String message) {
    return new PayloadException(
        Kind.DAMAGED,
        "payload is damaged: " + message,
        "use an undamaged copy of the model; --ecc makes the next one repairable");
  }
}
