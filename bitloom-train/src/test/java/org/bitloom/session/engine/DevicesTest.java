package org.bitloom.session.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.error.FailureException;
import org.bitloom.error.UsageException;
import org.bitloom.network.Network;
import org.bitloom.network.Networks;
import org.bitloom.settings.DeviceChoice;
import org.bitloom.testkit.ModuleFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicesTest {
  private static final DeviceChoice GPU1 = DeviceChoice.parse("gpu1");

  @TempDir private Path folder;
  private final List<String> notices = new ArrayList<>();

  private Network own() throws IOException {
    Path module = Files.write(folder.resolve("toy.pt"), ModuleFile.dense(36, 2).bytes());
    return Networks.open(module.toString());
  }

  private Optional<Device> of(DeviceChoice choice, Network network, int gpus) {
    return Devices.of(choice, network, gpus, notices::add);
  }

  @Test
  void autoIsTheFirstGpuIfThereIsOne() throws IOException {
    Network known = Networks.open("lenet300");
    assertThat(of(DeviceChoice.AUTO, known, 2)).contains(Device.gpu(0));
    assertThat(of(DeviceChoice.AUTO, known, 0)).isEmpty();
    assertThat(notices).isEmpty();
  }

  @Test
  void aChosenDeviceIsTaken() throws IOException {
    Network known = Networks.open("lenet300");
    assertThat(of(GPU1, known, 2)).contains(Device.gpu(1));
    assertThat(of(DeviceChoice.CPU, known, 2)).isEmpty();
  }

  @Test
  void runsAtTheSameTimeShareAllGpusThatTheChoiceLeavesOpen() {
    DeviceChoice any = DeviceChoice.parse("gpu");
    assertThat(Devices.shared(any, 3))
        .map(DeviceChoice::toString)
        .containsExactly("gpu0", "gpu1", "gpu2");
    assertThat(Devices.shared(DeviceChoice.AUTO, 2)).containsExactly(DeviceChoice.gpu(0), GPU1);
    assertThat(Devices.shared(DeviceChoice.AUTO, 0)).containsExactly(DeviceChoice.AUTO);
    assertThat(Devices.shared(GPU1, 3)).containsExactly(GPU1);
    assertThat(Devices.shared(DeviceChoice.CPU, 3)).containsExactly(DeviceChoice.CPU);
  }

  @Test
  void aGpuThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> Devices.of(GPU1, 1))
        .isInstanceOf(UsageException.class)
        .hasMessage("device gpu1 must be a GPU that the engine sees, it sees 1, the first is gpu0");
    assertThatThrownBy(() -> Devices.of(DeviceChoice.parse("gpu"), 0))
        .hasMessage("device gpu must be a GPU that the engine sees, it sees none");
  }

  @Test
  void withAutoANetworkFromAFileGoesToTheProcessorAndSaysSo() throws IOException {
    assertThat(of(DeviceChoice.AUTO, own(), 1)).isEmpty();
    assertThat(notices).containsExactly("a network from a file computes on the CPU");
  }

  @Test
  void aNetworkFromAFileIsRefusedOnAGpu() throws IOException {
    Network own = own();
    assertThatThrownBy(() -> of(GPU1, own, 2))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("a network from a file must be computed on the CPU");
  }

  @Test
  void aDeviceWithoutMemoryNamesTheBatch() {
    EngineException full =
        new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB.\nException raised");
    RuntimeException told =
        DeviceFailure.training(new IllegalStateException("x", full), "gpu0 NVIDIA H200", 4096);
    assertThat(told)
        .isInstanceOf(FailureException.class)
        .hasMessage(
            "memory of gpu0 NVIDIA H200 must hold the network and what it makes of a batch of 4096"
                + " images, found CUDA out of memory. Tried to allocate 2.00 GiB.");
    assertThat(((FailureException) told).hint()).startsWith("lower --batch");
  }

  @Test
  void aDeviceThatIsLostIsNamed() {
    EngineException lost = new EngineException("CUDA error: unspecified launch failure");
    assertThat(DeviceFailure.evaluation(lost, "gpu1"))
        .isInstanceOf(FailureException.class)
        .hasMessage("gpu1 must go on computing, found CUDA error: unspecified launch failure");
  }

  @Test
  void anErrorThatComesFromNoDeviceStays() {
    RuntimeException other = new EngineException("Expected more than 1 value per channel");
    assertThat(DeviceFailure.training(other, "cpu", 64)).isSameAs(other);
  }

  @Test
  void withoutAGpuTheFactsTellWhyAndWhatToDo() {
    EngineFacts facts = EngineFacts.read();
    assertThat(facts.name()).isEqualTo("PyTorch");
    assertThat(facts.library()).isDirectory();
    assertThat(facts.devices().get(0).id()).isEqualTo("cpu");
    assertThat(facts.cuda().problem().isEmpty()).isEqualTo(facts.cuda().version().isPresent());
    assertThat(facts.cuda().advice().isEmpty()).isEqualTo(facts.devices().size() > 1);
  }
}
