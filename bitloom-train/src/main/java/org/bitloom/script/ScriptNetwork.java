package org.bitloom.script;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;
import org.bitloom.io.Sha256;
import org.bitloom.model.ModelTensor;

/** A network of the user's own: a TorchScript module from a file. */
public final class ScriptNetwork {
  private static final String HINT = "in Python: torch.jit.script(net).save('net.pt')";

  /** Virtual machines refuse arrays a few elements short of 2^31-1. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private final String name;
  private final byte[] file;
  private final ScriptArchive archive;
  private final Map<String, byte[]> changes;

  private ScriptNetwork(
      String name, byte[] file, ScriptArchive archive, Map<String, byte[]> changes) {
    this.name = name;
    this.file = file;
    this.archive = archive;
    this.changes = changes;
  }

  /**
   * Reads a module; does not load the engine.
   *
   * @param path of the file
   * @param name it had when the user gave it
   * @throws UsageException if it is no TorchScript module or has no weights to train
   * @throws IOException if it cannot be read
   */
  public static ScriptNetwork read(Path path, String name) throws IOException {
    checkFile(path);
    byte[] file = Files.readAllBytes(path);
    ScriptArchive archive;
    try {
      archive = ScriptArchive.read(file);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "network must be a TorchScript module, " + path + " is not: " + e.getMessage(), HINT);
    }
    TrainableTensors.check(path, archive);
    return new ScriptNetwork(name, file, archive, Map.of());
  }

  /**
   * Checks that there is a file at all.
   *
   * @throws UsageException if there is none that can be read
   */
  public static void checkFile(Path path) throws IOException {
    String found = null;
    if (!Files.exists(path)) {
      found = "missing";
    } else if (!Files.isRegularFile(path)) {
      found = "a folder";
    } else if (Files.size(path) > MAX_BYTES) {
      found = Files.size(path) + " bytes long";
    }
    if (found != null) {
      throw new UsageException(
          "network must be a file of less than 2 GiB, " + path + " is " + found,
          "check the path given to --net");
    }
  }

  /** Returns a line for whoever measures a module that goes on training; empty as a rule. */
  public Optional<String> measuringNotice() {
    return alwaysTraining()
        .map(
            mode ->
                name
                    + " trains while it is measured, by "
                    + mode.call()
                    + ": accuracies vary from one measurement to the next");
  }

  /** Returns a line for whoever trains a module of which a part does not train; empty as a rule. */
  public Optional<String> trainingNotice() {
    return archive.fixedModes().stream()
        .filter(mode -> !mode.trains())
        .findFirst()
        .map(
            mode ->
                name
                    + " was traced in evaluation mode: "
                    + mode.call()
                    + " does nothing in training; script it if it shall");
  }

  private Optional<FixedMode> alwaysTraining() {
    return archive.fixedModes().stream().filter(FixedMode::trains).findFirst();
  }

  /**
   * Checks that the module can be measured: dropout and batch statistics end with the training.
   *
   * @throws UsageException if it trains in every mode
   */
  public void checkMode() {
    alwaysTraining()
        .ifPresent(
            mode -> {
              throw new UsageException(
                  "network must know whether it trains, "
                      + name
                      + " trains even while it is measured, by "
                      + mode.call(),
                  "in Python: torch.jit.script(net) in place of trace, or trace net.eval()");
            });
  }

  /** Returns the name it had when the user gave it, for a model's metadata. */
  public String name() {
    return name;
  }

  ScriptArchive archive() {
    return archive;
  }

  /** Returns the bytes of the file. */
  public byte[] file() {
    return file;
  }

  /** Returns the SHA-256 of the file, 64 hexadecimal digits. */
  public String sha256() {
    return HexFormat.of().formatHex(Sha256.digest().digest(file));
  }

  /**
   * Returns the network with other values in some of its buffers; file and checksum stay.
   *
   * @param buffers values by name, as {@link ScriptBlock#changedBuffers} gives them
   * @throws UsageException if the module has no such buffer, or one of another length
   */
  public ScriptNetwork with(Map<String, byte[]> buffers) {
    buffers.forEach(
        (buffer, bytes) -> {
          long expected = isBuffer(buffer) ? archive.tensors().get(buffer).bytes() : 0;
          if (!isBuffer(buffer) || bytes.length != expected) {
            throw new UsageException(
                String.format(
                    Locale.ROOT,
                    "buffer %s must have %d bytes in %s, got %d",
                    buffer,
                    expected,
                    name,
                    bytes.length),
                "go on with the run that the module was copied to");
          }
        });
    return new ScriptNetwork(name, file, archive, Map.copyOf(buffers));
  }

  /** Says whether the module holds a tensor of this name. */
  public boolean hasTensor(String tensor) {
    return archive.tensors().containsKey(tensor);
  }

  /** Says whether the module holds a tensor of this name that is not trained. */
  public boolean isBuffer(String tensor) {
    ScriptTensor own = archive.tensors().get(tensor);
    return own != null && !own.trainable();
  }

  /** Says whether the module holds 32-bit floats of this name that are not trained. */
  public boolean isFloatBuffer(String tensor) {
    return isBuffer(tensor) && archive.tensors().get(tensor).isFloat();
  }

  /**
   * Returns the network with those of the tensors that are buffers of it.
   *
   * @throws UsageException if one is of another type or shape
   */
  public ScriptNetwork with(Collection<ModelTensor> tensors) {
    Map<String, byte[]> buffers = new LinkedHashMap<>();
    for (ModelTensor tensor : tensors) {
      if (isBuffer(tensor.name())) {
        ScriptTensor own = archive.tensors().get(tensor.name());
        if (!own.isFloat() || !own.shape().equals(tensor.shape())) {
          throw new UsageException(
              String.format(
                  Locale.ROOT,
                  "buffer %s of %s must be %s %s, got Float %s",
                  tensor.name(),
                  name,
                  own.type(),
                  own.shape(),
                  tensor.shape()),
              "choose the --net that the file was made for");
        }
        buffers.put(tensor.name(), bytes(tensor.weights()));
      }
    }
    return with(buffers);
  }

  /**
   * Returns the module with trained tensors in it, as a file; the engine is not needed.
   *
   * @throws UsageException if the module lacks one of them, or has it with another type or shape
   */
  public byte[] trained(Collection<ModelTensor> tensors) {
    Map<String, byte[]> values = new LinkedHashMap<>();
    for (ModelTensor tensor : tensors) {
      ScriptTensor own = archive.tensors().get(tensor.name());
      if (own == null || !own.isFloat() || !own.shape().equals(tensor.shape())) {
        throw new UsageException(
            name
                + " must have floats "
                + tensor.name()
                + " "
                + tensor.shape()
                + ", has "
                + (own == null ? "none" : own.type() + " " + own.shape()),
            "choose the --net that the model was trained from");
      }
      values.put(tensor.name(), bytes(tensor.weights()));
    }
    return archive.with(values);
  }

  private static byte[] bytes(float[] values) {
    byte[] bytes = new byte[values.length * Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }

  /**
   * Builds the network; its input is {@code [batch, channels, height, width]}, its output {@code
   * [batch, classes]} logits. The block must be closed.
   *
   * @throws UsageException if the images do not fit or the engine cannot load the module
   */
  public ScriptBlock build(ImageSet images) {
    InputForm form;
    try (ScriptBlock trial = block(InputForm.IMAGES)) {
      form = trial.chooseForm(images);
      trial.changedBuffers(); // a module that cannot be written must fail now, not after an epoch
    } catch (EngineException e) {
      throw unusable(e);
    }
    return block(form); // anew: a module may count its trials
  }

  private ScriptBlock block(InputForm form) {
    ScriptModule module = load();
    try {
      return new ScriptBlock(this, module, form);
    } catch (RuntimeException | Error e) {
      module.close();
      throw e;
    }
  }

  private ScriptModule load() {
    try {
      return new ScriptModule(archive.with(changes));
    } catch (EngineException e) {
      throw unusable(e);
    }
  }

  private UsageException unusable(EngineException e) {
    List<String> lines = String.valueOf(e.getMessage()).strip().lines().toList();
    return new UsageException(
        "network " + name + " must be one that the engine can load and save, got: " + lines.get(0),
        "script it with the PyTorch version that ./bitloom version names, or an older one");
  }
}
