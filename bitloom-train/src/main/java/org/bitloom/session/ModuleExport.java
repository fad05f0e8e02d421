package org.bitloom.session;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bitloom.error.UsageException;
import org.bitloom.io.AtomicFiles;
import org.bitloom.io.ModelFile;
import org.bitloom.model.BitModel;
import org.bitloom.network.Network;
import org.bitloom.network.OwnNetwork;

/** Writes a user's own module with the weights that were trained; the engine is not loaded. */
public final class ModuleExport {
  private ModuleExport() {}

  /**
   * Writes the module of a model as TorchScript, whole or not at all.
   *
   * @param source model, its module, and how the bits are read
   * @param target new or replaced; its folder must exist
   * @return lines about what is in the file, for the user
   * @throws UsageException if the network is no module, or not the one of the model
   * @throws IOException if model or module cannot be read, or the file cannot be written
   */
  public static List<String> write(Evaluation.Source source, Path target) throws IOException {
    BitModel model = source.reading().of(ModelFile.read(source.model()));
    Network network =
        model.graph().isPresent()
            ? null
            : ModelNetwork.open(model, source.model(), source.network());
    if (!(network instanceof OwnNetwork own)) {
      throw new UsageException(
          "only a module of one's own can be written as torchscript, got " + model.network(),
          "--to onnx, c or floats take it");
    }
    byte[] file = own.script().trained(model.tensors());
    AtomicFiles.write(target, out -> out.write(file));
    return List.of(model.tensors().size() + " tensors of the module are the trained ones");
  }
}
