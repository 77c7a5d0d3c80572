package dev.firstday.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.WorkerResources;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.TestConfigs;
import dev.firstday.operator.kube.Labels;
import dev.firstday.operator.kube.Owner;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkerJobTest {
  private static final Owner OWNER =
      new Owner("firstday.dev/v1alpha1", "Dataset", "ns", "flights", "uid-1");
  private static final RunOrder ORDER =
      new RunOrder("0123456789abcdef", "flights", RunResult.Inventory.class, 3, null, false);
  private static final Job JOB =
      WorkerJob.of(
          OWNER,
          ORDER,
          ORDER.job(2),
          new Run.Inventory(ORDER.uid(), "ns", "$(HOME)", 5, List.of()),
          Placement.anywhere(null, 60, TestConfigs.WORKER),
          TestConfigs.WORKER);
  private static final PodSpec POD = JOB.getSpec().getTemplate().getSpec();
  private static final Container WORKER = POD.getContainers().get(0);

  @Test
  void itRunsOnceAndBelongsToItsResource() {
    assertThat(JOB.getMetadata().getName()).isEqualTo("flights-01234567-2");
    assertThat(JOB.getSpec().getBackoffLimit()).isZero();
    assertThat(POD.getRestartPolicy()).isEqualTo("Never");
    assertThat(POD.getActiveDeadlineSeconds()).isEqualTo(60);
    assertThat(OWNER.owns(JOB)).isTrue();
    assertThat(new Owner("a", "Dataset", "ns", "flights", "uid-2").owns(JOB)).isFalse();
    assertThat(JOB.getMetadata().getLabels())
        .isEqualTo(JOB.getSpec().getTemplate().getMetadata().getLabels())
        .containsEntry(Labels.MANAGED_BY, "firstday")
        .containsEntry(Labels.KIND, "dataset")
        .containsEntry(Labels.RUN, "01234567");
  }

  @Test
  void itIsToldItsImage() {
    assertThat(WORKER.getEnv()).contains(new EnvVar(PodEnvironment.IMAGE, WORKER.getImage(), null));
  }

  @Test
  void itIsToldWhereLineageGoesOnlyIfSomewhere() {
    assertThat(WORKER.getEnv())
        .extracting(EnvVar::getName)
        .doesNotContain(PodEnvironment.OPENLINEAGE_URL);
    WorkerConfig config = TestConfigs.worker("", "http://marquez:5000/api/v1/lineage");
    Job job =
        WorkerJob.of(
            OWNER,
            ORDER,
            ORDER.job(1),
            new Run.Inventory(ORDER.uid(), "ns", "late", 5, List.of()),
            Placement.anywhere(null, 60, TestConfigs.WORKER),
            config);
    assertThat(job.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv())
        .contains(
            new EnvVar(PodEnvironment.OPENLINEAGE_URL, "http://marquez:5000/api/v1/lineage", null));
  }

  @Test
  void itIsRestricted() {
    assertThat(POD.getAutomountServiceAccountToken()).isFalse();
    assertThat(POD.getServiceAccountName()).isEqualTo("worker");
    assertThat(POD.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(POD.getSecurityContext().getRunAsUser()).isEqualTo(65532);
    assertThat(POD.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(WORKER.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(WORKER.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(WORKER.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
  }

  @Test
  void itIsToldWhereAndWhat() {
    Map<String, String> values =
        WORKER.getEnv().stream()
            .filter(variable -> variable.getValue() != null)
            .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    assertThat(values)
        .containsEntry(PodEnvironment.S3_ENDPOINT, "http://s3:9000")
        .containsEntry(PodEnvironment.S3_BUCKET, "bucket")
        .containsEntry(PodEnvironment.S3_PREFIX, "prefix");
    assertThat(values.get(Run.VARIABLE)).doesNotContain("$(").contains("HOME");
    assertThat(WORKER.getEnvFrom().get(0).getSecretRef().getName()).isEqualTo("firstday-s3");
    assertThat(WORKER.getEnvFrom().get(0).getSecretRef().getOptional()).isTrue();
  }

  @Test
  void memoryIsAlwaysLimited() {
    assertThat(resources(null, null)).isEqualTo(new Amounts("250m", "2Gi", "2Gi"));
    assertThat(resources(Map.of("memory", "4Gi"), null))
        .isEqualTo(new Amounts("250m", "4Gi", "4Gi"));
    assertThat(resources(Map.of("cpu", "1"), Map.of("memory", "3Gi")))
        .isEqualTo(new Amounts("1", "3Gi", "3Gi"));
    assertThat(resources(null, Map.of("cpu", "2", "memory", "abc")))
        .isEqualTo(new Amounts("2", "abc", "abc"));
  }

  private record Amounts(String cpuRequest, String memoryRequest, String memoryLimit) {}

  private static Amounts resources(Map<String, String> requests, Map<String, String> limits) {
    ResourceRequirements resolved =
        TestConfigs.WORKER.resources().resolve(new WorkerResources(requests, limits));
    return new Amounts(
        text(resolved.getRequests().get("cpu")),
        text(resolved.getRequests().get("memory")),
        text(resolved.getLimits().get("memory")));
  }

  private static String text(Quantity quantity) {
    return quantity.toString();
  }

  @Test
  void itsTmpHoldsWhatItMayUseOfTheNodesDisk() {
    assertThat(tmpSize(null)).isEqualTo(TestConfigs.WORKER.tmpSize());
    assertThat(tmpSize(Map.of("ephemeral-storage", "40Gi"))).isEqualTo(new Quantity("40", "Gi"));
    assertThat(tmpSize(Map.of("ephemeral-storage", ""))).isEqualTo(TestConfigs.WORKER.tmpSize());
  }

  private static Quantity tmpSize(Map<String, String> limits) {
    Job job =
        WorkerJob.of(
            OWNER,
            ORDER,
            ORDER.job(1),
            new Run.Inventory(ORDER.uid(), "ns", "late", 5, List.of()),
            Placement.anywhere(new WorkerResources(null, limits), 60, TestConfigs.WORKER),
            TestConfigs.WORKER);
    return job.getSpec().getTemplate().getSpec().getVolumes().get(0).getEmptyDir().getSizeLimit();
  }
}
