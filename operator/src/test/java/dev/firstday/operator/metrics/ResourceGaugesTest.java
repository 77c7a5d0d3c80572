package dev.firstday.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.firstday.api.ReadinessTest;
import dev.firstday.api.TrainingJob;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What alerts are made of. */
class ResourceGaugesTest {
  private final List<CustomResource<?, ?>> resources = Tellers.resources();

  @Test
  void aConditionThatIsTrueHasItsReasonAndReadyAlwaysHas() {
    assertThat(labels("firstday_resource_condition_reason"))
        .containsExactly(
            List.of("Dataset", "team", "flights", "Ready", "ChecksFailed"),
            List.of("Dataset", "team", "flights", "Stalled", "ChecksFailed"),
            List.of("TrainingJob", "team", "late", "Ready", "GateFailed"),
            List.of("TrainingJob", "team", "late", "Stalled", "GateFailed"),
            List.of("Model", "team", "late", "Ready", "VersionsRecorded"),
            List.of("Model", "team", "late", "Degraded", "DigestMismatch"),
            // what a pod says is no label's value
            List.of("Deployment", "team", "late", "Ready", "Other"));
  }

  @Test
  void aCheckSaysWhatItMeasuresWhateverItIsCalled() {
    assertThat(gauges("firstday_dataset_check_passed"))
        .extracting(gauge -> gauge.values().get(2), gauge -> gauge.values().get(3), Gauge::value)
        .containsExactly(
            tuple("rowCount", "rowCount", 0.0),
            tuple("as last year", "drift", 0.0),
            tuple("drift(distance) 2", "drift", 1.0),
            tuple("drifters", "unknown", 1.0));
  }

  @Test
  void onlyAMetricWithAGateIsHeldAgainstTheConstant() {
    assertThat(gauges("firstday_training_beats_baseline"))
        .extracting(gauge -> gauge.values().get(2), Gauge::value)
        .containsExactly(tuple("log_loss", 0.0), tuple("auc", 1.0));
  }

  @Test
  void aVersionIsToldUnderEachOfItsFaults() {
    assertThat(gauges("firstday_model_version_faults"))
        .extracting(gauge -> gauge.values().get(2), Gauge::value)
        .containsExactly(
            tuple("BelowConstant", 2.0),
            tuple("DigestMismatch", 1.0),
            tuple("SignatureMissing", 1.0));
  }

  @Test
  void aRolloutHasAPhaseAndABeginning() {
    assertThat(labels("firstday_deployment_phase"))
        .containsExactly(List.of("team", "late", "Held"));
    assertThat(labels("firstday_deployment_stage_started_timestamp_seconds"))
        .containsExactly(List.of("team", "late"));
    assertThat(gauges("firstday_deployment_ready_replicas"))
        .extracting(gauge -> gauge.values().get(2), Gauge::value)
        .containsExactly(tuple("stable", 1.0), tuple("candidate", 2.0));
  }

  /** One reading of a metric that this release does not know, and one point that is there twice. */
  @Test
  void aStatusThatNobodyWroteSoSpoilsNoOthers() {
    KubernetesSerialization yaml = new KubernetesSerialization();
    TrainingJob odd =
        yaml.unmarshal(
            """
            metadata: {name: odd, namespace: team}
            spec: {gates: [{metric: auc}]}
            status: {result: {metrics: [{value: 1}]}}
            """,
            TrainingJob.class);
    ReadinessTest twice =
        yaml.unmarshal(
            """
            metadata: {name: twice, namespace: team}
            status: {points: [{number: 1, score: pass}, {number: 1, score: fail}]}
            """,
            ReadinessTest.class);
    List<CustomResource<?, ?>> all = new ArrayList<>(List.of(odd, twice));
    all.addAll(resources);
    assertThat(ResourceGauges.of(all))
        .containsAll(ResourceGauges.of(resources))
        .filteredOn(gauge -> gauge.values().contains("twice"))
        .extracting(Gauge::name, Gauge::value)
        .containsExactly(tuple("firstday_readiness_score_ratio", 1.0));
  }

  /** All its series go with a resource, and nothing else goes. */
  @Test
  void aResourceThatIsGoneLeavesNoSeries() {
    for (CustomResource<?, ?> gone : resources) {
      List<CustomResource<?, ?>> others = new ArrayList<>(resources);
      others.remove(gone);
      List<Gauge> left = ResourceGauges.of(others);
      assertThat(left).hasSizeLessThan(ResourceGauges.of(resources).size());
      assertThat(left).containsExactlyElementsOf(Tellers.withoutThoseOf(gone, resources));
    }
  }

  private List<Gauge> gauges(String name) {
    return ResourceGauges.of(resources).stream().filter(g -> g.name().equals(name)).toList();
  }

  private List<List<String>> labels(String name) {
    return gauges(name).stream().map(Gauge::values).toList();
  }
}
