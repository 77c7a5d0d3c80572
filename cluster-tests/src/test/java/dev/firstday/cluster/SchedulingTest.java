package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.api.Condition;
import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.api.TrainingJob;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClassBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Which node a trainer gets, and when: by the real scheduler, on a node that says it has one GPU.
 * There is none; the scheduler only counts.
 */
@EnabledIfEnvironmentVariable(
    named = "KUBECONFIG",
    matches = ".+",
    disabledReason = "needs a cluster: set KUBECONFIG (and run cluster-tests/load-images)")
@Isolated("the CRDs belong to one installation at a time, and the node's GPU to one test")
class SchedulingTest {
  private static final String GPU = "nvidia.com/gpu";

  private static Installation installation;
  private static Tenant tenant;
  private static PriorityClass priority;
  private static String gpuNode;

  @BeforeAll
  static void aNodeWithOneGpu() {
    installation = new Installation();
    tenant = new Tenant(installation.client(), installation.kubectl());
    installation.upload(Irises.EXAMPLE.resolve("data"), Irises.NAME);
    tenant.apply(Irises.variant("Dataset", Irises.NAME, spec -> {}));
    tenant.apply(Irises.variant("Model", Irises.NAME, spec -> {}));
    gpuNode = installation.client().nodes().list().getItems().get(0).getMetadata().getName();
    setGpus(amounts -> amounts.put(GPU, new Quantity("1")));
    priority =
        installation
            .client()
            .resource(
                new PriorityClassBuilder()
                    .withNewMetadata()
                    .withName(tenant.kubectl().namespace())
                    .endMetadata()
                    .withValue(7)
                    .build())
            .create();
    tenant.await(Dataset.class, Irises.NAME, d -> d.getStatus().latest() != null);
    tenant.await(Model.class, Irises.NAME, m -> "Empty".equals(m.getStatus().phase()));
  }

  @AfterAll
  static void withoutAgain() {
    if (installation != null) {
      setGpus(amounts -> amounts.remove(GPU));
      installation.client().resource(priority).delete();
      installation.close();
    }
  }

  @AfterEach
  void freeTheGpu() {
    tenant.kubectl().run("delete", "trainingjobs", "--all");
    tenant.awaiting("no pods").until(() -> trainers("").isEmpty());
  }

  @Test
  void aGpuIsWaitedForAndReleased() {
    train("first", spec -> forEver(gpus(spec, 1)));
    awaitReason("first", "Running");
    train("second", spec -> gpus(spec, 1));

    awaitReason("second", "Unschedulable");
    assertThat(ready("second").message()).contains("Insufficient " + GPU);
    tenant.kubectl().run("delete", "trainingjob", "first");

    tenant.await(TrainingJob.class, "second", t -> "Succeeded".equals(t.getStatus().phase()));
    assertThat(tenant.kubectl().run("get", "events"))
        .contains("GpusIdle", "the operator knows no image that computes on GPUs");
  }

  /** Both would rather run there. */
  @Test
  void onlyWhatAsksForNoGpuRunsOnANodeThatHasNone() {
    try (RoomyNode roomy = new RoomyNode(installation.client())) {
      train("plain", spec -> preferring(spec, roomy.name()));
      train("fast", spec -> preferring(gpus(spec, 1), roomy.name()));

      assertThat(nodeOf("plain")).isEqualTo(roomy.name());
      assertThat(nodeOf("fast")).isEqualTo(gpuNode);
      tenant.kubectl().run("delete", "trainingjobs", "--all");
    }
  }

  @Test
  void whatNoNodeHasIsWaitedForUntilTheDeadline() {
    train("greedy", spec -> gpus(spec, 2).put("schedulingDeadlineSeconds", 5));
    train(
        "choosy",
        spec -> {
          spec.put("schedulingDeadlineSeconds", 5);
          term(spec)
              .putArray("matchExpressions")
              .addObject()
              .put("key", "accelerator")
              .put("operator", "Exists");
        });

    awaitReason("greedy", "SchedulingDeadlineExceeded");
    awaitReason("choosy", "SchedulingDeadlineExceeded");
    assertThat(ready("greedy").message()).contains("Insufficient " + GPU, "spec.resources");
    assertThat(ready("choosy").message()).contains("didn't match Pod's node affinity");
    tenant.awaiting("no pods").until(() -> trainers("").isEmpty());
  }

  @Test
  void anAffinityThatIsNoneIsRefusedInTheServersWords() {
    train("wrong", spec -> term(spec).putArray("matchExpressions").addObject().put("key", "a"));

    awaitReason("wrong", "JobInvalid");
    assertThat(ready("wrong").message()).contains("affinity", "matchExpressions[0].operator");
  }

  /** Kueue is played: it holds a Job back by suspending it. */
  @Test
  void aJobThatKueueTakesBackGoesOnWhenItIsLetIn() {
    tenant.apply(
        Irises.variant(
                "TrainingJob",
                "queued",
                spec -> forEver(spec).put("priorityClassName", tenant.kubectl().namespace()))
            .replaceFirst(
                "(?m)^metadata:$", "metadata:\n  labels: {kueue.x-k8s.io/queue-name: gpus}"));
    awaitReason("queued", "Running");
    String job = tenant.get(TrainingJob.class, "queued").getStatus().run().job();
    assertThat(tenant.kubectl().run("get", "job", job, "--show-labels"))
        .contains("kueue.x-k8s.io/queue-name=gpus");
    assertThat(trainers("queued"))
        .singleElement()
        .satisfies(pod -> assertThat(pod.getSpec().getPriority()).isEqualTo(7));

    awaitLog(job, "validation logLoss");
    suspend(job, true);
    awaitReason("queued", "Queued");
    assertThat(ready("queued").message()).contains("the queue gpus");
    tenant.awaiting("no pods").until(() -> trainers("queued").isEmpty());

    suspend(job, false);
    awaitReason("queued", "Running");
    assertThat(tenant.get(TrainingJob.class, "queued").getStatus().run().attempt()).isEqualTo(1);
    awaitLog(job, "going on from a checkpoint");
  }

  private static void awaitLog(String job, String words) {
    tenant
        .awaiting(words)
        .until(() -> tenant.kubectl().attempt("logs", "job/" + job).output().contains(words));
  }

  private static void suspend(String job, boolean suspended) {
    tenant
        .kubectl()
        .run("patch", "job", job, "--patch", "{\"spec\": {\"suspend\": %s}}".formatted(suspended));
  }

  private static void train(String name, Consumer<ObjectNode> change) {
    tenant.apply(Irises.variant("TrainingJob", name, change));
  }

  private static ObjectNode gpus(ObjectNode spec, int count) {
    spec.withObject("/resources/limits").put(GPU, String.valueOf(count));
    return spec;
  }

  /** So wide a network that nobody will see its end. */
  private static ObjectNode forEver(ObjectNode spec) {
    spec.remove("earlyStopping");
    spec.put("epochs", 10_000).put("batchSize", 1);
    var layers = spec.withObject("/network").putArray("layers");
    layers.addObject().put("units", 1024);
    layers.addObject().put("units", 1024);
    return spec;
  }

  private static ObjectNode term(ObjectNode spec) {
    return spec.withObject("/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution")
        .putArray("nodeSelectorTerms")
        .addObject();
  }

  private static ObjectNode preferring(ObjectNode spec, String node) {
    ObjectNode preference =
        spec.withObject("/affinity/nodeAffinity")
            .putArray("preferredDuringSchedulingIgnoredDuringExecution")
            .addObject()
            .put("weight", 100);
    preference
        .putObject("preference")
        .putArray("matchExpressions")
        .addObject()
        .put("key", "kubernetes.io/hostname")
        .put("operator", "In")
        .putArray("values")
        .add(node);
    return spec;
  }

  /** Once its pod has been assigned to one. */
  private static String nodeOf(String name) {
    tenant
        .awaiting("a node for " + name)
        .until(() -> trainers(name).stream().anyMatch(pod -> pod.getSpec().getNodeName() != null));
    return trainers(name).get(0).getSpec().getNodeName();
  }

  private static void awaitReason(String name, String reason) {
    tenant.await(
        TrainingJob.class,
        name,
        t ->
            t.getStatus().conditions() != null
                && t.getStatus().conditions().stream().anyMatch(c -> reason.equals(c.reason())));
  }

  private static Condition ready(String name) {
    return tenant.get(TrainingJob.class, name).getStatus().conditions().get(0);
  }

  /**
   * @param name of the training job; empty: all
   */
  private static List<Pod> trainers(String name) {
    var pods =
        tenant
            .client()
            .pods()
            .inNamespace(tenant.kubectl().namespace())
            .withLabel("firstday.dev/kind", "trainingjob");
    return (name.isEmpty() ? pods : pods.withLabel("firstday.dev/name", name)).list().getItems();
  }

  private static void setGpus(Consumer<Map<String, Quantity>> change) {
    installation
        .client()
        .nodes()
        .withName(gpuNode)
        .editStatus(
            there -> {
              change.accept(there.getStatus().getCapacity());
              change.accept(there.getStatus().getAllocatable());
              return there;
            });
  }
}
