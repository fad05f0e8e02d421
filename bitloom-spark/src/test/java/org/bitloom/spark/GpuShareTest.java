package org.bitloom.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.spark.resource.ResourceInformation;
import org.bitloom.error.UsageException;
import org.bitloom.settings.DeviceChoice;
import org.junit.jupiter.api.Test;

class GpuShareTest {
  private static final DeviceChoice ANY = DeviceChoice.parse("gpu");

  private static Map<String, ResourceInformation> given(String address) {
    return Map.of("gpu", new ResourceInformation("gpu", new String[] {address}));
  }

  @Test
  void runsThatMustHaveAGpuAskSparkForOne() {
    assertThat(GpuShare.settings(ANY, Map.of()))
        .isEqualTo(
            Map.of(
                "spark.executor.resource.gpu.amount", "1", "spark.task.resource.gpu.amount", "1"));
  }

  @Test
  void theShareThatTheUserGivesStays() {
    assertThat(GpuShare.settings(ANY, Map.of("spark.task.resource.gpu.amount", "0.25")))
        .isEqualTo(Map.of("spark.executor.resource.gpu.amount", "1"));
  }

  @Test
  void runsThatNeedNoGpuOrAnUnscheduledOneAskForNothing() {
    assertThat(GpuShare.settings(DeviceChoice.AUTO, Map.of())).isEmpty();
    assertThat(GpuShare.settings(DeviceChoice.CPU, Map.of())).isEmpty();
    assertThat(GpuShare.settings(DeviceChoice.gpu(1), Map.of())).isEmpty();
  }

  @Test
  void aTaskComputesOnTheGpuThatSparkGaveIt() {
    assertThat(GpuShare.of(ANY, given("3"))).isEqualTo(DeviceChoice.gpu(3));
    assertThat(GpuShare.of(DeviceChoice.AUTO, given("1"))).isEqualTo(DeviceChoice.gpu(1));
    assertThat(GpuShare.of(DeviceChoice.CPU, given("1"))).isEqualTo(DeviceChoice.CPU);
    assertThat(GpuShare.of(DeviceChoice.gpu(0), given("1"))).isEqualTo(DeviceChoice.gpu(0));
  }

  @Test
  void withoutAGivenGpuTheWishStays() {
    assertThat(GpuShare.of(DeviceChoice.AUTO, Map.of())).isEqualTo(DeviceChoice.AUTO);
    assertThat(GpuShare.here(ANY)).isEqualTo(ANY);
  }

  @Test
  void anAddressThatIsNoNumberIsRefusedByName() {
    assertThatThrownBy(() -> GpuShare.of(ANY, given("MIG-1")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("gpuMIG-1");
  }
}
