package org.bitloom.session;

import java.io.IOException;
import java.nio.file.Path;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;
import org.bitloom.network.Network;
import org.bitloom.network.Networks;
import org.bitloom.network.OwnNetwork;
import org.bitloom.script.ScriptNetwork;
import org.bitloom.settings.InitFrom;
import org.bitloom.settings.RunSettings;

/**
 * What a run begins with.
 *
 * @param network with the buffers of the network to start from, if there is one
 * @param weights what the parameters begin with
 */
record Beginning(Network network, FirstWeights weights) {
  /** Begins with drawn weights. */
  static Beginning drawn(Network network, RunSettings settings) {
    return new Beginning(network, new DrawnWeights(settings.seed()));
  }

  /**
   * Begins with the weights of another network. A user's own module may be given as the network to
   * start from: then it begins with the weights that it holds.
   *
   * @param images that the network will see
   * @throws UsageException if the network to start from does not fit
   * @throws IOException if it cannot be read
   */
  static Beginning from(InitFrom source, Network network, ImageSet images) throws IOException {
    if (!(network instanceof OwnNetwork own)) {
      checkKind(source);
      return new Beginning(network, SourceWeights.read(source, images, name -> false));
    }
    ScriptNetwork script = own.script();
    if (source.sha256().equals(script.sha256())) {
      return new Beginning(own, parameters -> {});
    }
    checkKind(source);
    SourceWeights weights = SourceWeights.read(source, images, script::isBuffer);
    return new Beginning(new OwnNetwork(script.with(weights.tensors())), weights);
  }

  private static void checkKind(InitFrom source) {
    if (Networks.isFile(Path.of(source.path()).toString())) {
      throw new UsageException(
          "a network to start from must be a run, a safetensors file, or the very file of --net,"
              + " got "
              + source.path(),
          "in Python: safetensors.torch.save_file(net.state_dict(), 'net.safetensors')");
    }
  }
}
