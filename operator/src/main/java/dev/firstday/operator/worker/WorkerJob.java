package dev.firstday.operator.worker;

import dev.firstday.api.TrainingJobSpec;
import dev.firstday.contract.Contract;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.contract.Run;
import dev.firstday.operator.kube.Labels;
import dev.firstday.operator.kube.Owner;
import dev.firstday.operator.kube.Pods;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.List;
import java.util.Map;

/**
 * The Job of one attempt: one pod, once. Attempts are counted in our status and not by the Job
 * controller, so that each has its own Job, its own logs and its own verdict.
 */
public final class WorkerJob {
  /** The container that runs the trainer image. */
  public static final String CONTAINER = "worker";

  /** What of the node's disk a pod may use, as Kubernetes names it. */
  private static final String SCRATCH = "ephemeral-storage";

  /** On every pod, what the label with its name may have had to shorten. */
  static final String OWNER_ANNOTATION = "firstday.dev/owner";

  /** Logs can be read for a day; the answer is kept in our status. */
  private static final int KEEP_SECONDS = 86_400;

  private WorkerJob() {}

  /** The Job of the attempt with that name. */
  public static Job of(
      Owner owner, RunOrder order, String name, Run run, Placement placement, WorkerConfig config) {
    Map<String, String> labels =
        Labels.with(Labels.of(owner, CONTAINER), Labels.RUN, order.shortUid());
    Map<String, String> queued =
        placement.queue() == null ? labels : Labels.with(labels, Labels.QUEUE, placement.queue());
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace(owner.namespace())
        .withName(name)
        .withLabels(queued)
        .withOwnerReferences(owner.reference())
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(0)
        .withTtlSecondsAfterFinished(KEEP_SECONDS)
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(labels)
        .withAnnotations(Map.of(OWNER_ANNOTATION, owner.name()))
        .endMetadata()
        .withSpec(pod(run, placement, config))
        .endTemplate()
        .endSpec()
        .build();
  }

  private static PodSpec pod(Run run, Placement placement, WorkerConfig config) {
    Container container =
        Pods.container(
                CONTAINER,
                config.pod().withImage(placement.image()),
                environment(run, placement, config))
            .edit()
            .withArgs(placement.arguments())
            .withResources(config.resources().resolve(placement.resources()))
            .build();
    PodSpec pod = Pods.spec(container, config.pod(), tmpSize(container, config));
    if (!placement.affinity().isEmpty()) {
      // as it was written: what is wrong with it the API server says
      pod.setAdditionalProperty("affinity", placement.affinity());
    }
    return pod.edit()
        .withRestartPolicy("Never")
        .withActiveDeadlineSeconds(placement.deadlineSeconds())
        .withNodeSelector(placement.nodeSelector())
        .withPriorityClassName(placement.priorityClassName())
        .withTolerations(placement.tolerations().stream().map(WorkerJob::toleration).toList())
        .build();
  }

  /** What is no quantity the API server refuses where it stands, at the container. */
  private static Quantity tmpSize(Container container, WorkerConfig config) {
    Quantity limit = container.getResources().getLimits().get(SCRATCH);
    return limit == null || limit.getAmount().isBlank()
        ? config.tmpSize()
        // of one that is not parsed the volume's builder would keep the number alone
        : Quantity.parse(limit.getAmount());
  }

  private static List<EnvVar> environment(Run run, Placement placement, WorkerConfig config) {
    EnvVar order = variable(Run.VARIABLE, Contract.writeRun(run));
    EnvVar image = variable(PodEnvironment.IMAGE, placement.image());
    return config.openLineageUrl().isEmpty()
        ? List.of(order, image)
        : List.of(order, image, variable(PodEnvironment.OPENLINEAGE_URL, config.openLineageUrl()));
  }

  private static EnvVar variable(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  private static Toleration toleration(TrainingJobSpec.Toleration toleration) {
    return new TolerationBuilder()
        .withKey(toleration.key())
        .withOperator(toleration.operator())
        .withValue(toleration.value())
        .withEffect(toleration.effect())
        .build();
  }
}
