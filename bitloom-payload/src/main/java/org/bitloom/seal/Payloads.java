package org.bitloom.seal;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.model.BitModel;
import org.bitloom.payload.CarrierTensor;
import org.bitloom.payload.ContainerFlag;
import org.bitloom.payload.ContainerHeader;
import org.bitloom.payload.ContainerReader;
import org.bitloom.payload.ContainerReader.Unpacker;
import org.bitloom.payload.ContainerWriter;
import org.bitloom.payload.ContainerWriter.Packer;
import org.bitloom.payload.FreeBits;
import org.bitloom.payload.PayloadException;
import org.bitloom.payload.PayloadException.Kind;

/** Carries files into free bits and out of them. */
public final class Payloads {
  private static final byte[] AGE = AgeHeader.ANY_VERSION.getBytes(StandardCharsets.US_ASCII);

  private Payloads() {}

  /**
   * Returns {@code model} with a payload in its free bits and noise after it; nothing else differs.
   *
   * @param seed of the noise
   * @throws UsageException if the payload does not fit
   */
  public static BitModel embed(BitModel model, PayloadFile file, Sealing sealing, long seed)
      throws IOException {
    return around(FreeBits.of(model).tensors(), file, sealing, seed).into(model);
  }

  /**
   * Fills the free bits of a network that need not be trained yet: take {@link FreeBits#codes} of
   * each parameter and train around them.
   *
   * @param tensors bit-wise parameters in layer order
   * @param seed of the noise after the payload
   * @throws UsageException if the payload does not fit
   */
  public static FreeBits around(
      List<CarrierTensor> tensors, PayloadFile file, Sealing sealing, long seed)
      throws IOException {
    FreeBits bits = FreeBits.noise(tensors, seed);
    embed(bits, file, sealing);
    return bits;
  }

  /**
   * Writes a payload over the beginning of free bits.
   *
   * @return the header of the outer container
   * @throws UsageException if it does not fit; the bits are half written then
   */
  public static ContainerHeader embed(FreeBits bits, PayloadFile file, Sealing sealing)
      throws IOException {
    bits.capacity().requireRoom();
    Set<ContainerFlag> how = EnumSet.noneOf(ContainerFlag.class);
    if (sealing.compressed()) {
      how.add(ContainerFlag.COMPRESSED);
    } else {
      ContainerWriter.requireFit(plainHeader(file).containerBytes(), bits.capacity());
    }
    Set<ContainerFlag> parity =
        sealing.parity() ? Set.of(ContainerFlag.PARITY) : Set.<ContainerFlag>of();
    ContainerHeader written;
    if (sealing.lock().isEmpty()) {
      how.addAll(parity);
      written =
          ContainerWriter.write(
              bits,
              ContainerHeader.unfinished(how, file.name()),
              file.content(),
              Compression.packer(how));
    } else {
      Set<ContainerFlag> flags = EnumSet.of(ContainerFlag.ENCRYPTED);
      flags.addAll(parity);
      written =
          ContainerWriter.write(
              bits,
              ContainerHeader.unfinished(flags, ""),
              locked(file, how, sealing.lock().get()),
              Packer.NONE);
    }
    if (sealing.parity()) {
      Parity.add(bits, written.containerBytes());
    }
    return written;
  }

  private static ContainerHeader plainHeader(PayloadFile file) {
    return new ContainerHeader(Set.of(), file.name(), file.bytes(), file.bytes(), "0".repeat(64));
  }

  /** Returns an age file of the container of {@code file}. */
  private static ContainerWriter.Content locked(
      PayloadFile file, Set<ContainerFlag> how, AgeLock lock) throws IOException {
    Packer packer = Compression.packer(how);
    ContainerHeader header =
        ContainerWriter.write(
            OutputStream.nullOutputStream(),
            ContainerHeader.unfinished(how, file.name()),
            file.content(),
            packer);
    return out -> {
      try (OutputStream encrypted = lock.encrypt(out)) {
        if (!ContainerWriter.write(encrypted, header, file.content(), packer).equals(header)) {
          throw new FailureException(
              "payload must not change while it is read, " + file.name() + " did",
              "run again when nobody writes it");
        }
      }
    };
  }

  /**
   * Proves the payload of free bits, repairing them in place if there is parity, and writes its
   * file to {@code out} if it can be opened.
   *
   * <p>Of a file that is not encrypted nothing is written before all of it is proven; of an
   * encrypted one each 64 KiB are proven before they are written, and the whole at the end.
   *
   * @param key may be {@link AgeKey#NONE} if it is not encrypted
   * @throws PayloadException if there is no payload, it is damaged beyond repair, or the key does
   *     not open it
   */
  public static Extraction extract(FreeBits bits, AgeKey key, OutputStream out) throws IOException {
    Extraction proven = prove(bits);
    ContainerReader reader = ContainerReader.open(bits.input(0));
    if (proven.isOpen()) {
      reader.copyTo(out, Compression.unpacker(proven.outer().flags()));
      return proven;
    }
    ContainerHeader inner = unlock(reader.body(), key, out);
    return new Extraction(proven.outer(), inner, proven.repairedBytes(), proven.damagedChecksums());
  }

  /**
   * Proves the payload of free bits, repairing them in place if there is parity.
   *
   * @return what can be told without a key
   * @throws PayloadException if there is no payload or it is damaged beyond repair
   */
  public static Extraction prove(FreeBits bits) throws IOException {
    PayloadException damage;
    try {
      return proveOnce(bits, 0);
    } catch (PayloadException e) {
      damage = e;
    }
    OptionalLong length = lengthWithParity(bits);
    if (length.isEmpty()) {
      throw damage;
    }
    Parity.Repair repair = Parity.repair(bits, length.getAsLong());
    try {
      return proveOnce(bits, repair.bytes());
    } catch (PayloadException e) {
      throw new PayloadException(
          Kind.DAMAGED,
          "payload is damaged beyond repair: "
              + repair.failed()
              + " of "
              + repair.codewords()
              + " codewords have more than "
              + Parity.BYTES / 2
              + " wrong bytes",
          "use an undamaged copy of the model");
    }
  }

  private static Extraction proveOnce(FreeBits bits, long repaired) throws IOException {
    ContainerReader reader = ContainerReader.open(bits.input(0));
    ContainerHeader header = reader.header();
    boolean encrypted = header.flags().contains(ContainerFlag.ENCRYPTED);
    long damagedChecksums =
        reader.copyTo(
            OutputStream.nullOutputStream(),
            encrypted ? Unpacker.NONE : Compression.unpacker(header.flags()));
    return new Extraction(header, encrypted ? null : header, repaired, damagedChecksums);
  }

  private static OptionalLong lengthWithParity(FreeBits bits) throws IOException {
    OptionalLong told = Parity.containerBytes(bits);
    if (told.isPresent()) {
      return told;
    }
    try {
      ContainerHeader header = ContainerReader.open(bits.input(0)).header();
      return header.flags().contains(ContainerFlag.PARITY)
          ? Parity.checked(bits, header.containerBytes())
          : OptionalLong.empty();
    } catch (PayloadException e) {
      return OptionalLong.empty();
    }
  }

  private static ContainerHeader unlock(InputStream age, AgeKey key, OutputStream out)
      throws IOException {
    InputStream plain = new BufferedInputStream(key.decrypt(age));
    ContainerReader inner = open(plain);
    if (inner.header().flags().contains(ContainerFlag.ENCRYPTED)) {
      throw new PayloadException(
          Kind.DAMAGED,
          "payload must be encrypted once, found an encrypted one within",
          "extract with --raw and open it step by step");
    }
    inner.copyTo(out, Compression.unpacker(inner.header().flags()));
    return inner.header();
  }

  private static ContainerReader open(InputStream plain) throws IOException {
    try {
      return ContainerReader.open(plain);
    } catch (PayloadException e) {
      if (e.kind() != Kind.ABSENT) {
        throw e;
      }
      throw new PayloadException(
          Kind.DAMAGED,
          "age file must hold a container of bitloom, found something else",
          "extract with --raw and decrypt it with the age program");
    }
  }

  /**
   * Writes what the free bits hold, proven, but neither decrypted nor unpacked: an age file if it
   * is encrypted, or else the container.
   */
  public static Extraction extractRaw(FreeBits bits, OutputStream out) throws IOException {
    Extraction proven = prove(bits);
    if (proven.isOpen()) {
      bits.input(0).transferTo(new FirstBytes(out, proven.outer().containerBytes()));
    } else {
      ContainerReader.open(bits.input(0)).copyTo(out, Unpacker.NONE);
    }
    return proven;
  }

  /**
   * Opens what {@link #extractRaw} wrote, or an age file of a container.
   *
   * @throws PayloadException if {@code in} is neither, is damaged, or the key does not open it; out
   *     may have got wrong bytes then
   */
  public static Extraction extractStored(InputStream in, AgeKey key, OutputStream out)
      throws IOException {
    BufferedInputStream stored = new BufferedInputStream(in);
    if (isAge(stored)) {
      ContainerHeader inner = unlock(stored, key, out);
      Set<ContainerFlag> encrypted = Set.of(ContainerFlag.ENCRYPTED);
      return new Extraction(ContainerHeader.unfinished(encrypted, ""), inner, 0, 0);
    }
    ContainerReader reader = ContainerReader.open(stored);
    long damaged = reader.copyTo(out, Compression.unpacker(reader.header().flags()));
    return new Extraction(reader.header(), reader.header(), 0, damaged);
  }

  /** Says whether a file is what {@link #extractStored} opens, going by its first bytes. */
  public static boolean isStored(Path file) throws IOException {
    try (BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return isAge(in) || ContainerReader.begins(in);
    }
  }

  /** Says whether a file is an age file, going by its first bytes. */
  public static boolean isEncrypted(Path file) throws IOException {
    try (BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return isAge(in);
    }
  }

  /** Says whether these are the bytes of an age file, armored or not. */
  static boolean isAge(byte[] content) throws IOException {
    return isAge(new BufferedInputStream(new ByteArrayInputStream(content)));
  }

  private static boolean isAge(BufferedInputStream stored) throws IOException {
    stored.mark(AGE.length);
    byte[] start = stored.readNBytes(AGE.length);
    stored.reset();
    return Arrays.equals(start, AGE) || AgeArmor.begins(stored);
  }
}
