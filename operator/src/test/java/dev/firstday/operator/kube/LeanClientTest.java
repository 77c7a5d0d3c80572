package dev.firstday.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentSpec;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
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

  /** As it is when CRDs are newer than the operator: after an upgrade that was taken back. */
  @Test
  void fieldsAndWordsOfALaterReleaseDoNotHideAllOfAKind() {
    String list =
        """
        apiVersion: firstday.dev/v1alpha1
        kind: DeploymentList
        items:
        - apiVersion: firstday.dev/v1alpha1
          kind: Deployment
          metadata: {name: later}
          spec: {model: churn, rollout: {onUndecided: aWordOfLater}, somethingOfLater: {deep: [1, 2]}}
          status: {phase: APhaseOfLater, somethingOfLater: true}
        - apiVersion: firstday.dev/v1alpha1
          kind: Deployment
          metadata: {name: known}
          spec: {model: churn, rollout: {onUndecided: hold}}
        """;
    List<ModelDeployment> read = read(Deployments.class, list).getItems();
    assertThat(read)
        .extracting(each -> each.getMetadata().getName())
        .containsExactly("later", "known");
    assertThat(read.get(0).getSpec().model()).isEqualTo("churn");
    assertThat(read.get(0).getSpec().rollout().onUndecided()).isNull();
    assertThat(read.get(0).getStatus().phase()).isEqualTo("APhaseOfLater");
    assertThat(read.get(1).getSpec().rollout().onUndecided())
        .isEqualTo(ModelDeploymentSpec.Undecided.HOLD);
  }

  /** As schemas of some release let pass: an integer that no int holds, a time that is none. */
  @Test
  void aResourceThatCannotBeReadHidesNoOther() {
    String list =
        """
        apiVersion: firstday.dev/v1alpha1
        kind: DeploymentList
        items:
        - apiVersion: firstday.dev/v1alpha1
          kind: Deployment
          metadata: {name: spec, uid: one}
          spec: {model: churn, version: 99999999999}
          status: {phase: Stable, stable: {number: 3}}
        - apiVersion: firstday.dev/v1alpha1
          kind: Deployment
          metadata: {name: status}
          spec: {model: churn}
          status: {rollout: {phaseStartedAt: "2026-01-01T00:00:00ZTea"}}
        - apiVersion: firstday.dev/v1alpha1
          kind: Deployment
          metadata: {name: good}
          spec: {model: churn, version: 3}
        """;
    List<ModelDeployment> read = read(Deployments.class, list).getItems();
    assertThat(read)
        .extracting(each -> each.getMetadata().getName(), Unreadable::is)
        .containsExactly(tuple("spec", true), tuple("status", true), tuple("good", false));
    assertThat(read.get(0).getMetadata().getUid()).isEqualTo("one");
    assertThat(read.get(0).getSpec()).isNull();
    assertThat(read.get(0).getStatus().stable().number()).isEqualTo(3);
    assertThatThrownBy(() -> Unreadable.refuse(read.get(0)))
        .hasMessageStartingWith("spec.version: ")
        .hasMessageContaining("numeric value (99999999999) out of range")
        .hasMessageEndingWith("; correct it");
    assertThat(read.get(1).getSpec().model()).isEqualTo("churn");
    assertThat(read.get(1).getStatus()).isNull();
    assertThatThrownBy(() -> Unreadable.refuse(read.get(1)))
        .hasMessageStartingWith("status.rollout.phaseStartedAt: ")
        .hasMessageContaining("2026-01-01T00:00:00ZTea");
    assertThat(read.get(2).getSpec().version()).isEqualTo(3);
  }

  /** Values that the schema leaves open are as deep as their author likes. */
  @Test
  void aResourceMayBeAsDeepAsTheApiServerAllows() {
    int depth = 9_900;
    String json =
        """
        {"apiVersion": "firstday.dev/v1alpha1", "kind": "Model", "metadata": {"name": "deep"},
         "spec": {"golden": [{"name": "deep", "inputs": {"x": %s1%s}}]}}
        """
            .formatted("[".repeat(depth), "]".repeat(depth));
    assertThat(read(Model.class, json).getMetadata().getName()).isEqualTo("deep");
    assertThat(
            read(WatchEvent.class, "{\"type\": \"ADDED\", \"object\": %s}".formatted(json))
                .getObject())
        .isInstanceOfSatisfying(
            Model.class, told -> assertThat(told.getSpec().golden()).hasSize(1));
  }

  /** Names of golden inputs are as long as their author likes; managed fields repeat them. */
  @Test
  void aNameMayBeAsLongAsAResource() {
    String name = "x".repeat(1_000_000);
    String json =
        """
        {"apiVersion": "firstday.dev/v1alpha1", "kind": "Model",
         "metadata": {"name": "long", "managedFields": [{"manager": "kubectl", "operation": "Update",
          "fieldsV1": {"f:spec": {"f:golden": {"k:{}": {"f:inputs": {"f:%s": {}}}}}}}]},
         "spec": {"golden": [{"name": "long", "inputs": {"%s": 1}}]}}
        """
            .formatted(name, name);
    assertThat(read(Model.class, json).getSpec().golden().get(0).inputs()).containsOnlyKeys(name);
  }

  private static final class Deployments extends DefaultKubernetesResourceList<ModelDeployment> {}

  private static <R> R read(Class<R> kind, String yaml) {
    try (KubernetesClient client = LeanClient.builder().build()) {
      return client.getKubernetesSerialization().unmarshal(yaml, kind);
    }
  }
}
