package org.bitloom.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes the archive that the engine loads from the text of a program.
 *
 * <p>The text is one class. Its attributes stand first, a line each, such as {@code weight :
 * Tensor}; they begin as a tensor of one 0, an empty list, 0 or false, and the program gives them
 * values. The archive is what {@code torch.jit.save} writes: the class, and a pickle that makes an
 * object of it.
 */
final class ProgramFile {
  private static final Pattern CLASS = Pattern.compile("class (\\w+)\\(Module\\):");
  private static final Pattern ATTRIBUTE = Pattern.compile("  (\\w+) : ([A-Za-z\\[\\]]+)");
  private static final String FOLDER = "program/";

  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

  private ProgramFile() {}

  /**
   * Returns the archive.
   *
   * @throws IllegalArgumentException if the text does not begin with a class, or an attribute is of
   *     a type that is not known here
   */
  static byte[] of(String text) {
    Matcher name = CLASS.matcher(text);
    if (!name.lookingAt()) {
      throw new IllegalArgumentException("program must begin with 'class NAME(Module):'");
    }
    byte[] object = new ProgramFile().object(name.group(1), text);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "data.pkl", object);
      put(zip, "data/0", new byte[Float.BYTES]);
      put(zip, "code/__torch__.py", text.getBytes(StandardCharsets.UTF_8));
      put(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      put(zip, "version", new byte[] {'3', '\n'});
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(FOLDER + name));
    zip.write(content);
  }

  /** Returns the pickle of an object of the class, with its attributes. */
  private byte[] object(String name, String text) {
    code(0x80, 2);
    global("__torch__", name).code(')', 0x81, '}', '(');
    for (String line : text.lines().takeWhile(each -> !each.startsWith("  def ")).toList()) {
      Matcher attribute = ATTRIBUTE.matcher(line);
      if (attribute.matches()) {
        text(attribute.group(1)).value(attribute.group(2));
      }
    }
    return code('u', 'b', '.').pickle.toByteArray();
  }

  private ProgramFile value(String type) {
    return switch (type) {
      case "Tensor" -> tensor();
      case "List[Tensor]" -> emptyList("build_tensorlist");
      case "List[int]" -> emptyList("build_intlist");
      case "int" -> code('K', 0);
      case "bool" -> code(0x89);
      case "float" -> code('G').raw(new byte[Double.BYTES]);
      default -> throw new IllegalArgumentException("type of an attribute is not known: " + type);
    };
  }

  private ProgramFile emptyList(String builder) {
    return global("torch.jit._pickle", builder).code(']', 0x85, 'R');
  }

  /** Pushes a tensor of one float, storage 0 of the archive. */
  private ProgramFile tensor() {
    global("torch._utils", "_rebuild_tensor_v2").code('(');
    code('(').text("storage").global("torch", "FloatStorage").text("0").text("cpu");
    code('K', 1, 't', 'Q'); // one element
    code('K', 0); // from the first on
    code('K', 1, 0x85, 'K', 1, 0x85, 0x89); // shape (1,), stride (1,), no gradient
    return global("collections", "OrderedDict").code(')', 'R', 't', 'R');
  }

  private ProgramFile code(int... codes) {
    for (int code : codes) {
      pickle.write(code);
    }
    return this;
  }

  private ProgramFile text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return code('X').raw(length.putInt(utf8.length).array()).raw(utf8);
  }

  private ProgramFile global(String module, String name) {
    return code('c').raw((module + '\n' + name + '\n').getBytes(StandardCharsets.UTF_8));
  }

  private ProgramFile raw(byte... bytes) {
    pickle.writeBytes(bytes);
    return this;
  }
}
