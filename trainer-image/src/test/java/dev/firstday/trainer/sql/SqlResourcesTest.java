package dev.firstday.trainer.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlResourcesTest {
  private static final long MIB = 1 << 20;

  @Test
  void leavesRoomForTheHeapAndTheRest() {
    assertThat(SqlResources.of(2048 * MIB, 512 * MIB, 2))
        .isEqualTo(new SqlResources(1236 * MIB, 2));
  }

  @Test
  void takesALittleFromEvenASmallPod() {
    assertThat(SqlResources.of(512 * MIB, 512 * MIB, 0)).isEqualTo(new SqlResources(128 * MIB, 1));
  }
}
