package dev.firstday.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.contract.OperatorEnvironment;
import dev.firstday.contract.PodEnvironment;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorConfigTest {
  private static final Map<String, String> LEAST =
      Map.of(
          PodEnvironment.S3_BUCKET, "bucket",
          OperatorEnvironment.TRAINER_IMAGE, "trainer",
          OperatorEnvironment.SERVER_IMAGE, "server");

  @Test
  void theLeastIsEnough() {
    OperatorConfig config = OperatorConfig.of(LEAST);
    assertThat(config.namespaces()).isEmpty();
    assertThat(config.leaderLease()).isEmpty();
    assertThat(config.worker().openLineageUrl()).isEmpty();
    assertThat(config.worker().pod().image()).isEqualTo("trainer");
    assertThat(config.worker().pod().storage().credentialsSecret()).isEqualTo("firstday-s3");
  }

  @Test
  void lineageGoesToTheWorkers() {
    Map<String, String> environment = new HashMap<>(LEAST);
    environment.put(PodEnvironment.OPENLINEAGE_URL, " http://marquez:5000 ");
    assertThat(OperatorConfig.of(environment).worker().openLineageUrl())
        .isEqualTo("http://marquez:5000");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> OperatorConfig.of(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(PodEnvironment.S3_BUCKET);
  }

  @Test
  void listsAreSeparatedByCommas() {
    Map<String, String> environment = new HashMap<>(LEAST);
    environment.put(OperatorEnvironment.WATCH_NAMESPACES, " a, b,,a ");
    assertThat(OperatorConfig.of(environment).namespaces()).containsExactlyInAnyOrder("a", "b");
  }
}
