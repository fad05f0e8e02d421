package org.bitloom.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bitloom.cli.command.Library;
import org.bitloom.cli.payload.Passphrases;
import org.bitloom.cli.payload.SealOptions;
import org.bitloom.data.DataSets;
import org.bitloom.data.ImageSet;
import org.bitloom.error.UsageException;
import org.bitloom.payload.CarrierTensor;
import org.bitloom.payload.PayloadBits;
import org.bitloom.seal.PayloadFile;
import org.bitloom.seal.Payloads;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of train for a file that the network carries in its frozen bits. */
final class PayloadOptions {
  @Option(
      names = "--payload",
      paramLabel = "FILE",
      description = "Carry a file in the frozen bits; extract gets it back.")
  Path file;

  @Mixin private SealOptions sealing;

  /** The data set and where it may lie; it tells the shape of the network. */
  record Images(DataSets sets, Optional<Path> dataDir) {
    ImageSet training(RunSettings settings) throws IOException {
      return sets.withImages(settings.data().images(), line -> {})
          .load(settings.data().name(), dataDir)
          .train();
    }
  }

  /** Refuses all of them in a run that goes on: it has its payload. */
  void refuse() {
    if (file != null || sealing.isGiven()) {
      throw new UsageException(
          "--resume goes on with the payload in the folder of the run, got "
              + (file != null ? "--payload" : "an option of --payload"),
          "leave it out");
    }
  }

  /**
   * Lays the payload out over the frozen bits that the network will have.
   *
   * @return empty if no payload was given
   * @throws UsageException if it does not fit
   * @throws IOException if it cannot be read
   */
  Optional<PayloadBits> lay(
      RunSettings settings, Library library, Images images, Passphrases passphrases)
      throws IOException {
    if (file == null) {
      if (sealing.isGiven()) {
        throw new UsageException(
            "--compress, --encrypt, --recipient, --passphrase-file and --ecc must stand with"
                + " --payload, got none",
            "add --payload FILE or leave them out");
      }
      return Optional.empty();
    }
    if (!(settings.weights() instanceof BitWeights weights)) {
      throw new UsageException(
          "a payload must have frozen bits, got --float", "leave out --float or --payload");
    }
    PayloadFile payload = PayloadFile.of(file);
    ImageSet training = images.training(settings);
    List<Integer> shape = List.of(training.channels(), training.height(), training.width());
    List<CarrierTensor> carrier =
        library.carrier(settings.network(), shape, training.classes(), weights);
    return Optional.of(
        PayloadBits.of(
            Payloads.around(carrier, payload, sealing.sealing(passphrases), settings.seed())));
  }
}
