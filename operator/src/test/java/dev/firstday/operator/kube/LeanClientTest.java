package dev.firstday.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Model;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeanClientTest {
  private static final String FIELDS =
      """
      metadata:
        name: churn
        labels: {team: ml}
        managedFields:
        - manager: kubectl
          operation: Apply
          time: "2026-11-27T10:00:00Z"
          fieldsType: FieldsV1
          fieldsV1:
            f:metadata: {f:labels: {f:team: {}}}
            f:spec: {f:replicas: {}, f:aliases: {"k:{\\"name\\":\\"champion\\"}": {f:version: {}}}}
        - manager: firstday
          operation: Apply
          subresource: status
          fieldsV1: {f:status: {f:phase: {}}}
      """;

  @Test
  void whoWroteWhichFieldOfTheSpecIsAllThatIsKeptOfManagedFields() {
    Model model = read(Model.class, "apiVersion: firstday.dev/v1alpha1\nkind: Model\n" + FIELDS);
    assertThat(model.getMetadata().getLabels()).containsEntry("team", "ml");
    ManagedFieldsEntry first = model.getMetadata().getManagedFields().get(0);
    assertThat(first.getManager()).isEqualTo("kubectl");
    assertThat(first.getTime()).isEqualTo("2026-11-27T10:00:00Z");
    assertThat(first.getFieldsV1().getAdditionalProperties())
        .isEqualTo(Map.of("f:spec", Map.of("f:replicas", Map.of(), "f:aliases", Map.of())));
    assertThat(
            model.getMetadata().getManagedFields().get(1).getFieldsV1().getAdditionalProperties())
        .isEmpty();
  }

  @Test
  void kindsOfOthersAreLeftAsTheyAre() {
    Deployment deployment =
        read(Deployment.class, "apiVersion: apps/v1\nkind: Deployment\n" + FIELDS);
    assertThat(
            deployment
                .getMetadata()
                .getManagedFields()
                .get(0)
                .getFieldsV1()
                .getAdditionalProperties())
        .containsKey("f:metadata");
  }

  private static <R extends HasMetadata> R read(Class<R> kind, String yaml) {
    try (KubernetesClient client = LeanClient.builder().build()) {
      return client.getKubernetesSerialization().unmarshal(yaml, kind);
    }
  }
}
