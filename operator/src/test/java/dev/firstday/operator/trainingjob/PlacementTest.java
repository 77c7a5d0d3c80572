package dev.firstday.operator.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetStatus;
import dev.firstday.api.TrainingJob;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.api.TrainingJobStatus;
import dev.firstday.api.WorkerResources;
import dev.firstday.operator.Samples;
import dev.firstday.operator.TestConfigs;
import dev.firstday.operator.kube.Labels;
import dev.firstday.operator.kube.Standing;
import dev.firstday.operator.worker.WorkerConfig;
import dev.firstday.operator.worker.Workload;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where, when and with what a training job's pod runs. */
class PlacementTest {
  private final TrainingJob training = Samples.training("ns", "tj", "flights", "late");

  PlacementTest() {
    training.getMetadata().setUid("uid-1");
    training.getMetadata().setGeneration(1L);
  }

  @Test
  void thePodIsPlacedAsTheSpecSays() {
    training.setSpec(
        Samples.with(
            training.getSpec(),
            Map.of(
                "resources",
                new WorkerResources(null, Map.of("nvidia.com/gpu", "1")),
                "nodeSelector",
                Map.of("accelerator", "a100"),
                "tolerations",
                List.of(new TrainingJobSpec.Toleration("gpu", "Exists", null, "NoSchedule")),
                "affinity",
                Map.of("nodeAffinity", Map.of()),
                "priorityClassName",
                "batch",
                "deadlineSeconds",
                60)));
    training.getMetadata().setLabels(Map.of(Labels.QUEUE, "gpus", "app", "mine"));
    TrainingJobPlan plan = plan(TestConfigs.WORKER);
    assertThat(plan.start().get(0).getMetadata().getLabels())
        .containsEntry(Labels.QUEUE, "gpus")
        .doesNotContainKey("app");
    PodSpec pod = plan.start().get(0).getSpec().getTemplate().getSpec();
    assertThat(Serialization.asJson(pod))
        .contains("\"affinity\":{\"nodeAffinity\":{}}", "\"priorityClassName\":\"batch\"");
    assertThat(pod.getNodeSelector()).containsEntry("accelerator", "a100");
    assertThat(pod.getTolerations()).hasSize(1);
    assertThat(pod.getActiveDeadlineSeconds()).isEqualTo(60);
    var resources = pod.getContainers().get(0).getResources();
    assertThat(resources.getRequests()).containsKeys("cpu", "memory", "nvidia.com/gpu");
    assertThat(resources.getLimits()).containsKeys("memory", "nvidia.com/gpu");
  }

  @Test
  void gpusGetTheImageThatUsesThem() {
    training.setSpec(withGpus("nvidia.com/mig-1g.5gb"));
    TrainingJobPlan plan = plan(TestConfigs.WORKER);
    assertThat(image(plan)).isEqualTo("firstday/trainer-cuda:1");
    assertThat(plan.status().effective().image()).isEqualTo("firstday/trainer-cuda:1");
    assertThat(plan.status().effective().backend()).isEqualTo(TrainingJobStatus.Backend.CUDA);
    assertThat(plan.events()).isEmpty();
  }

  @Test
  void gpusThatNobodyUsesAreTold() {
    training.setSpec(withGpus("nvidia.com/gpu"));
    TrainingJobPlan plan = plan(TestConfigs.worker("", ""));
    assertThat(image(plan)).isEqualTo("firstday/trainer:1");
    assertThat(plan.status().effective().backend()).isEqualTo(TrainingJobStatus.Backend.CPU);
    assertThat(plan.events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.reason()).isEqualTo("GpusIdle");
              assertThat(event.message()).contains("images.trainerCuda");
            });
  }

  @Test
  void whatTheSpecLeavesOutIsPublished() {
    assertThat(plan(TestConfigs.WORKER).status().effective())
        .isEqualTo(
            new TrainingJobStatus.Effective(
                256,
                1L,
                2,
                3600L,
                300L,
                null,
                "firstday/trainer:1",
                TrainingJobStatus.Backend.CPU));
  }

  private TrainingJobSpec withGpus(String resource) {
    return Samples.with(
        training.getSpec(), Map.of("resources", new WorkerResources(null, Map.of(resource, "1"))));
  }

  private static String image(TrainingJobPlan plan) {
    return plan.start().get(0).getSpec().getTemplate().getSpec().getContainers().get(0).getImage();
  }

  private TrainingJobPlan plan(WorkerConfig config) {
    return TrainingJobPlanner.plan(
        training,
        new TrainingJobObservation(
            Workload.nothing(),
            List.of(dataset()),
            List.of(Samples.model("ns", "late")),
            new TrainingJobObservation.Others(List.of("flights"), List.of("late")),
            Optional.empty(),
            Workload.NOW),
        config);
  }

  private static Dataset dataset() {
    DatasetStatus.Version version = Samples.version(1, false);
    Dataset dataset = Samples.dataset("ns", "flights");
    dataset.getMetadata().setGeneration(1L);
    dataset.setStatus(
        Samples.datasetStatus(
            1L,
            "Ready",
            Standing.ready("Ready", "good").conditions(null, 1L, Workload.NOW),
            version,
            null,
            List.of(version),
            null,
            null));
    return dataset;
  }
}
