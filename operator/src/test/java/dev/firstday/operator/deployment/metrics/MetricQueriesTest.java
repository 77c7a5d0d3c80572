package dev.firstday.operator.deployment.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.contract.Contract;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricQueriesTest {

  @Test
  void namesAreFilledInForTheCandidate() {
    ModelDeployment deployment = deployment("{\"candidate\": {\"number\": 7}}");

    assertThat(MetricQueries.of(deployment))
        .isEqualTo(Map.of("clicks", "x{ns=\"team\",d=\"late\",v=\"7\"}"));
  }

  @Test
  void nothingIsAskedWhileNobodyIsOnTrial() {
    assertThat(MetricQueries.of(deployment("{}"))).isEmpty();
    assertThat(MetricQueries.of(deployment("null"))).isEmpty();
  }

  private static ModelDeployment deployment(String status) {
    ModelDeployment deployment = new ModelDeployment();
    deployment.setMetadata(new ObjectMetaBuilder().withNamespace("team").withName("late").build());
    deployment.setSpec(
        Contract.read(
            """
            {"model": "m", "rollout": {"checks": {"prometheus": [{"name": "clicks", "min": 1,
              "query": "x{ns=\\"$(namespace)\\",d=\\"$(deployment)\\",v=\\"$(version)\\"}"}]}}}""",
            ModelDeploymentSpec.class));
    deployment.setStatus(Contract.read(status, ModelDeploymentStatus.class));
    return deployment;
  }
}
