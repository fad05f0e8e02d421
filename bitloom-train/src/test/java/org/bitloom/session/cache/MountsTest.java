package org.bitloom.session.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs({OS.LINUX, OS.MAC})
class MountsTest {
  private static final String ROOT = "21 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw";

  private static Mounts mounts(String point, String options) {
    return new Mounts(List.of(ROOT, "30 21 0:40 / " + point + " " + options + " - tmpfs t rw"));
  }

  @Test
  void aPathBelowAMountWithNoexecIsFound() {
    Mounts mounts = mounts("/no/such", "rw,noexec,relatime");
    assertThat(mounts.withoutExecution(Path.of("/no/such/home/.djl.ai")))
        .isEmpty(); // not there: what counts is the nearest folder that is, the root
    assertThat(mounts("/dev", "rw,nosuid,noexec").withoutExecution(Path.of("/dev/engine/x")))
        .contains(Path.of("/dev"));
  }

  @Test
  void aMountBesideItDoesNotMatter() {
    assertThat(mounts("/devil", "noexec").withoutExecution(Path.of("/dev/engine"))).isEmpty();
    assertThat(mounts("/dev", "rw,noexecutor").withoutExecution(Path.of("/dev/x"))).isEmpty();
  }

  @Test
  void theLaterMountOnAPlaceHidesTheEarlierOne() {
    String again = "31 30 0:41 / /dev rw - tmpfs t rw";
    Mounts mounts = new Mounts(List.of(ROOT, "30 21 0:40 / /dev noexec - tmpfs t rw", again));
    assertThat(mounts.withoutExecution(Path.of("/dev/x"))).isEmpty();
  }

  @Test
  void blanksInNamesAreUnderstood() {
    Mounts mounts = mounts("/a\\040b", "noexec");
    assertThat(mounts.withoutExecution(Path.of("/"))).isEmpty();
    assertThat(mounts.lines().get(1)).contains("\\040");
  }

  @Test
  void nothingIsForbiddenWhereTheSystemDoesNotTell() {
    assertThat(new Mounts(List.of()).withoutExecution(Path.of("/dev/x"))).isEmpty();
    assertThat(new Mounts(List.of("odd line")).withoutExecution(Path.of("/dev/x"))).isEmpty();
  }
}
