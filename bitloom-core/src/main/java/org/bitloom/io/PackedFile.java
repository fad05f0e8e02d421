package org.bitloom.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.bitloom.entropy.TensorCoder;
import org.bitloom.entropy.WeightGrid;
import org.bitloom.model.BitModel;
import org.bitloom.model.BitTensor;
import org.bitloom.model.FloatTensor;
import org.bitloom.model.ModelTensor;
import org.bitloom.model.Nesting;
import org.bitloom.model.Normalization;
import org.bitloom.model.Normalization.MeanImage;
import org.bitloom.model.Normalization.PerChannel;
import org.bitloom.model.Task;

/**
 * Reads and writes networks in the fewest bytes that they can be rebuilt from; docs/packed.md
 * describes them.
 */
public final class PackedFile {
  private static final byte[] START = HexFormat.of().parseHex("89426c4e65740d0a");
  private static final int VERSION = 1;
  private static final int HEADER_AT = START.length + 1 + Integer.BYTES;
  private static final int CHECK_BYTES = 8;

  private PackedFile() {}

  /**
   * A part of a file.
   *
   * @param name what it is: a tensor, or {@code header}, {@code normalization}, {@code nested
   *     network}, {@code checksum}
   * @param bytes its share of the file; all parts together are the file
   * @param numbers how many weights or floats it holds
   */
  public record Part(String name, int bytes, int numbers) {}

  /** A network, and where the bytes of its file are. */
  public record Content(BitModel model, List<Part> parts) {
    public Content {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Writes {@code model} atomically; see {@link AtomicFiles}.
   *
   * @param zeroSigns whether to keep the signs of zeros, which compute nothing; frozen ones, which
   *     may be part of a payload, are kept anyway
   * @return what a reader will find
   */
  public static Content write(Path path, BitModel model, boolean zeroSigns) throws IOException {
    PackedHeader header = PackedHeader.of(model, zeroSigns);
    byte[] text = deflate(Json.print(header.print()).getBytes(StandardCharsets.UTF_8));
    Numbers numbers = new Numbers(TensorCoder.writer(), zeroSigns);
    BitModel read = numbers.pass(header, Optional.of(model), Optional.empty());
    byte[] code = numbers.coder.finish();
    ByteBuffer file = ByteBuffer.allocate(HEADER_AT + text.length + code.length + CHECK_BYTES);
    file.order(ByteOrder.LITTLE_ENDIAN).put(START).put((byte) VERSION).putInt(text.length);
    file.put(text).put(code).put(check(file.array(), file.position()));
    AtomicFiles.write(path, out -> out.write(file.array()));
    return new Content(read, numbers.parts(HEADER_AT + text.length, file.capacity()));
  }

  /**
   * Reads a network and checks all of it.
   *
   * @throws CorruptFileException if the file is damaged, of a later version, or no packed network
   * @throws IOException if it cannot be read
   */
  public static Content read(Path path) throws IOException {
    byte[] file = Files.readAllBytes(path);
    boolean whole = file.length >= HEADER_AT + CHECK_BYTES;
    if (!whole || !Arrays.equals(file, 0, START.length, START, 0, START.length)) {
      throw new CorruptFileException(
          path, 0, "file must be a packed network", whole ? "another" : file.length + " bytes");
    }
    if (file[START.length] != VERSION) {
      throw CorruptFileException.otherKind(
          path,
          "Unknown version "
              + (file[START.length] & 0xff)
              + " of packed networks, this bitloom reads "
              + VERSION,
          "use a newer bitloom");
    }
    int end = file.length - CHECK_BYTES;
    if (!Arrays.equals(Arrays.copyOfRange(file, end, file.length), check(file, end))) {
      throw new CorruptFileException(path, "checksum must be that of the file", "another");
    }
    try {
      return read(file, end);
    } catch (IllegalArgumentException e) {
      throw new CorruptFileException(path, e);
    }
  }

  private static Content read(byte[] file, int end) {
    int length =
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(HEADER_AT - Integer.BYTES);
    if (length < 0 || length > end - HEADER_AT) {
      throw new IllegalArgumentException(
          "header must lie in the file, got a length of " + Integer.toUnsignedString(length));
    }
    byte[] text = inflate(Arrays.copyOfRange(file, HEADER_AT, HEADER_AT + length));
    PackedHeader header = PackedHeader.parse(Json.parse(new String(text, StandardCharsets.UTF_8)));
    byte[] code = Arrays.copyOfRange(file, HEADER_AT + length, end);
    Numbers numbers = new Numbers(TensorCoder.reader(code), header.zeroSigns());
    BitModel model = numbers.pass(header, Optional.empty(), Optional.empty());
    numbers.coder.finish();
    return new Content(model, numbers.parts(HEADER_AT + length, file.length));
  }

  /** Returns the checksum of the first bytes of a file. */
  private static byte[] check(byte[] file, int end) {
    MessageDigest digest = Sha256.digest();
    digest.update(file, 0, end);
    return Arrays.copyOf(digest.digest(), CHECK_BYTES);
  }

  static byte[] deflate(byte[] text) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(text);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  static byte[] inflate(byte[] deflated) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(deflated);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      int got;
      while ((got = inflater.inflate(buffer)) > 0) {
        out.write(buffer, 0, got);
      }
      if (!inflater.finished() || inflater.getRemaining() > 0) {
        throw new IllegalArgumentException("header must be deflated text, its end is wrong");
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalArgumentException(
          "header must be deflated text, got other bytes: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  /** Passes over all numbers of a network in their order, whether they are written or read. */
  private static final class Numbers {
    final TensorCoder coder;
    private final boolean zeroSigns;
    private final List<Part> parts = new ArrayList<>();
    private int settled;

    Numbers(TensorCoder coder, boolean zeroSigns) {
      this.coder = coder;
      this.zeroSigns = zeroSigns;
    }

    /**
     * Passes over a network.
     *
     * @param given the network to write; empty = it is read
     * @param outer tensors around a nested one, which hold its bits
     * @return the network as it is read
     */
    BitModel pass(
        PackedHeader header, Optional<BitModel> given, Optional<List<ModelTensor>> outer) {
      Task task =
          new Task(
              header.inputShape(),
              normalization(header, given.map(BitModel::normalization)),
              header.classes(),
              header.classNames());
      part("normalization", 0);
      List<ModelTensor> tensors = new ArrayList<>();
      for (int i = 0; i < header.tensors().size(); i++) {
        PackedHeader.Spec spec = header.tensors().get(i);
        int index = i;
        Optional<ModelTensor> tensor = given.map(model -> model.tensors().get(index));
        tensors.add(
            spec.isBits()
                ? bits(spec, header.inputShape(), tensor, outer)
                : new FloatTensor(
                    spec.name(),
                    spec.shape(),
                    floats(kind(spec.name()), spec.size(), tensor.map(ModelTensor::weights))));
        part(spec.name(), spec.size());
      }
      BitModel model = new BitModel(header.architecture(), task, tensors, header.provenance());
      if (header.inner().isEmpty()) {
        return model;
      }
      List<Part> ofOuter = List.copyOf(parts);
      BitModel inner =
          pass(header.inner().get(), given.flatMap(BitModel::inner), Optional.of(tensors));
      int bytes = parts.stream().skip(ofOuter.size()).mapToInt(Part::bytes).sum();
      parts.clear();
      parts.addAll(ofOuter);
      parts.add(new Part("nested network", bytes, 0));
      return model.around(inner);
    }

    private BitTensor bits(
        PackedHeader.Spec spec,
        List<Integer> inputShape,
        Optional<ModelTensor> given,
        Optional<List<ModelTensor>> outer) {
      Optional<BitTensor> tensor = given.map(BitTensor.class::cast);
      float scale = floats("scale", 1, tensor.map(bits -> new float[] {bits.scale()}))[0];
      if (outer.isPresent()) {
        return Nesting.read(outer.get(), spec.name(), spec.layout(), scale);
      }
      boolean signs = zeroSigns || !spec.layout().signTrained();
      WeightGrid grid = WeightGrid.of(spec.shape(), inputShape, spec.layout().depth(), signs);
      int[] codes = coder.weights(grid, tensor.map(BitTensor::codes).orElse(new int[0]));
      return new BitTensor(spec.name(), spec.shape(), spec.layout(), scale, codes);
    }

    private Normalization normalization(PackedHeader header, Optional<Normalization> given) {
      List<Integer> shape = header.inputShape();
      return switch (header.normalization()) {
        case MEAN_IMAGE -> {
          Optional<MeanImage> way = given.map(MeanImage.class::cast);
          int size = new PackedHeader.Spec("input", shape, null).size();
          yield new MeanImage(
              floats("mean", size, way.map(MeanImage::mean)),
              floats("deviation", 1, way.map(image -> new float[] {image.deviation()}))[0]);
        }
        case PER_CHANNEL -> {
          Optional<PerChannel> way = given.map(PerChannel.class::cast);
          int channels = shape.isEmpty() ? 0 : shape.get(0);
          yield new PerChannel(
              floats("mean", channels, way.map(PerChannel::mean)),
              floats("deviation", channels, way.map(PerChannel::deviation)));
        }
        case UNIT -> new Normalization.Unit();
        case RAW -> new Normalization.Raw();
      };
    }

    private float[] floats(String kind, int count, Optional<float[]> given) {
      return coder.floats(kind, count, given.orElse(new float[0]));
    }

    /** Returns the name of a parameter without that of its node: floats of a kind are alike. */
    private static String kind(String name) {
      return name.substring(name.lastIndexOf('.') + 1);
    }

    private void part(String name, int numbers) {
      parts.add(new Part(name, coder.bytes() - settled, numbers));
      settled = coder.bytes();
    }

    /** Returns the parts of the whole file. */
    List<Part> parts(int header, int file) {
      List<Part> all = new ArrayList<>();
      all.add(new Part("header", header, 0));
      parts.stream().filter(part -> part.bytes() + part.numbers() > 0).forEach(all::add);
      int before = all.stream().mapToInt(Part::bytes).sum();
      all.add(new Part("checksum", file - before, 0));
      return all;
    }
  }
}
