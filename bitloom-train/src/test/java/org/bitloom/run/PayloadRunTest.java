package org.bitloom.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bitloom.error.UsageException;
import org.bitloom.io.ModelFile;
import org.bitloom.payload.CarrierTensor;
import org.bitloom.payload.FreeBits;
import org.bitloom.payload.PayloadBits;
import org.bitloom.session.NetworkCarrier;
import org.bitloom.session.ToyImages;
import org.bitloom.settings.Payload;
import org.bitloom.settings.RunSettings;
import org.bitloom.settings.RunSettings.BitWeights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose frozen bits are given from outside. */
class PayloadRunTest {
  @TempDir Path folder;

  private Path data;
  private RunSettings plain;
  private RunSettings settings;
  private PayloadBits payload;

  @BeforeEach
  void layOut() throws IOException {
    data = ToyImages.SMALL.write(folder.resolve("data"));
    plain =
        ToyRun.settings(data, Map.of("weights", ToyRun.weights(16, "1110000000000000", "coupled")));
    List<CarrierTensor> carrier =
        NetworkCarrier.of(
            "lenet300",
            List.of(1, ToyImages.SMALL.side(), ToyImages.SMALL.side()),
            ToyImages.SMALL.classes(),
            (BitWeights) plain.weights());
    payload = PayloadBits.of(FreeBits.noise(carrier, 77));
    settings = plain.carrying(new Payload("file", payload.sha256()));
  }

  private RunContext carrying(Path run, BooleanSupplier stop) {
    return new RunContext(run, false, Optional.empty(), Progress.NONE, stop, Optional.of(payload));
  }

  private String carried(Path run) throws IOException {
    return PayloadBits.of(FreeBits.of(ModelFile.read(run.resolve("model.safetensors")))).sha256();
  }

  @Test
  void thePayloadComesOutOfTrainingWholeAlsoAfterStops() throws IOException {
    Path whole = folder.resolve("whole");
    TrainingRun.start(settings, carrying(whole, ToyRun.NEVER));
    assertThat(carried(whole)).isEqualTo(payload.sha256());

    Path stopped = folder.resolve("stopped");
    TrainingRun.start(settings, carrying(stopped, ToyRun.after(7)));
    ToyRun.resume(stopped);
    assertThat(ToyRun.model(stopped)).isEqualTo(ToyRun.model(whole));

    // killed before its first checkpoint, it finds the payload in its folder
    Path killed = folder.resolve("killed");
    TrainingRun.start(settings, carrying(killed, ToyRun.after(1)));
    Files.delete(ToyRun.checkpoint(killed));
    ToyRun.resume(killed);
    assertThat(ToyRun.model(killed)).isEqualTo(ToyRun.model(whole));
  }

  @Test
  void theModelDoesNotTellWhetherItCarriesAnything() throws IOException {
    Path with = folder.resolve("with");
    TrainingRun.start(settings, carrying(with, ToyRun.NEVER));
    Path without = folder.resolve("without");
    ToyRun.start(plain, without);
    assertThat(ModelFile.read(with.resolve("model.safetensors")).provenance())
        .isEqualTo(ModelFile.read(without.resolve("model.safetensors")).provenance());
    assertThat(carried(without)).isNotEqualTo(payload.sha256());
  }

  @Test
  void aDamagedCopyIsRefused() throws IOException {
    Path run = folder.resolve("run");
    TrainingRun.start(settings, carrying(run, ToyRun.after(3)));
    Path copy = run.resolve("payload.bits");
    byte[] bytes = Files.readAllBytes(copy);
    bytes[100] ^= 4;
    Files.write(copy, bytes);
    assertThatThrownBy(() -> ToyRun.resume(run))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the free bits of the payload must have SHA-256 " + payload.sha256());
  }

  @Test
  void bitsOfAnotherNetworkLeaveNoFolder() throws IOException {
    RunSettings deeper =
        ToyRun.settings(data, Map.of("weights", ToyRun.weights(17, "11100000000000000", "coupled")))
            .carrying(settings.payload().orElseThrow());
    Path run = folder.resolve("run");
    assertThatThrownBy(() -> TrainingRun.start(deeper, carrying(run, ToyRun.NEVER)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("bytes of free bits that the payload was laid out for");
    assertThat(run).doesNotExist();
  }

  @Test
  void floatsCarryNothing() {
    RunSettings floats = ToyRun.settings(data, Map.of("weights", "float"));
    Payload load = settings.payload().orElseThrow();
    assertThatThrownBy(() -> floats.carrying(load))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("got floats");
  }
}
