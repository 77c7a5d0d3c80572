package dev.firstday.operator;

import dev.firstday.api.Dataset;
import dev.firstday.contract.Contract;
import dev.firstday.contract.OperatorEnvironment;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.kube.LeanClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.EvaluatedCondition;
import org.awaitility.core.TimeoutEvent;

/**
 * A namespace of its own on the cluster of KUBECONFIG, and an operator that looks after it alone.
 * Worker pods ask for more cpu than a node has: they stay pending, and the test plays the kubelet.
 */
public final class TestCluster implements AutoCloseable {
  /** A schedule has a turn every minute at most. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String namespace = "fd-test-" + UUID.randomUUID().toString().substring(0, 8);
  private final CountingWrites writes = new CountingWrites();
  private final UsedRights rights = new UsedRights();
  private final Watched watched = new Watched();
  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final OperatorConfig config =
      OperatorConfig.of(
          Map.of(
              PodEnvironment.S3_BUCKET, "bucket",
              OperatorEnvironment.TRAINER_IMAGE, "firstday.invalid/trainer:none",
              OperatorEnvironment.SERVER_IMAGE, "firstday.invalid/server:none",
              OperatorEnvironment.IMAGE_PULL_POLICY, "Never",
              OperatorEnvironment.WORKER_CPU, "1000",
              OperatorEnvironment.WATCH_NAMESPACES, namespace));

  public TestCluster() {
    applyCrds();
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
  }

  public String namespace() {
    return namespace;
  }

  public KubernetesClient client() {
    return client;
  }

  /** The writes of all operators started here. */
  public CountingWrites writes() {
    return writes;
  }

  /** What all operators started here list and watch. */
  Watched watched() {
    return watched;
  }

  /** A running operator with a client of its own, whose writes are counted. */
  public RunningOperator startOperator() {
    KubernetesClient own = clientOfOperator();
    FirstdayOperator operator = new FirstdayOperator(config, own, Clock.systemUTC());
    operator.start();
    return new RunningOperator(operator, own);
  }

  /** A client whose requests are noted. */
  public KubernetesClient clientOfOperator() {
    return LeanClient.builder()
        .withHttpClientBuilderConsumer(
            http ->
                http.addOrReplaceInterceptor("count-writes", writes)
                    .addOrReplaceInterceptor("used-rights", rights)
                    .addOrReplaceInterceptor("watched", watched))
        .build();
  }

  /** An operator and its client. */
  public record RunningOperator(FirstdayOperator operator, KubernetesClient client)
      implements AutoCloseable {
    @Override
    public void close() {
      operator.close();
      client.close();
    }
  }

  /** Waits until the resource is as described; fails with the resource as it is. */
  public <R extends HasMetadata> R await(Class<R> kind, String name, Predicate<R> described) {
    return await(PATIENCE, kind, name, described);
  }

  /** As the other, for a cluster that has much to do. */
  public <R extends HasMetadata> R await(
      Duration patience, Class<R> kind, String name, Predicate<R> described) {
    return Awaitility.await(kind.getSimpleName() + " " + name)
        .atMost(patience)
        .conditionEvaluationListener(
            new ConditionEvaluationListener<R>() {
              @Override
              public void conditionEvaluated(EvaluatedCondition<R> condition) {}

              @Override
              public void onTimeout(TimeoutEvent timeout) {
                System.err.println(
                    Serialization.asYaml(
                        client.resources(kind).inNamespace(namespace).list().getItems()));
              }
            })
        .until(
            () -> client.resources(kind).inNamespace(namespace).withName(name).get(),
            resource -> resource != null && described.test(resource));
  }

  /** Changes a resource, whatever the operator wrote into its status meanwhile. */
  public void patch(Class<? extends HasMetadata> kind, String name, Map<String, ?> change) {
    client
        .resources(kind)
        .inNamespace(namespace)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(change));
  }

  /** The pod of a Job, once the Job controller made it. */
  public Pod podOf(String job) {
    return Awaitility.await("pod of " + job)
        .atMost(PATIENCE)
        .until(
            () ->
                client
                    .pods()
                    .inNamespace(namespace)
                    .withLabel("batch.kubernetes.io/job-name", job)
                    .list()
                    .getItems()
                    .stream()
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  /** Plays the kubelet: the Job's worker ends with this answer. */
  public void answer(String job, RunResult result) {
    endPod(job, 0, Contract.write(result));
  }

  /** Plays the kubelet: the Job's worker ends. */
  public void endPod(String job, int exitCode, String message) {
    new FakeKubelet(client, namespace).end(podOf(job), exitCode, message);
  }

  @Override
  public void close() {
    rights.write(namespace);
    client.namespaces().withName(namespace).delete();
    client.close();
  }

  private void applyCrds() {
    try (Stream<Path> files = Files.list(Path.of("../crds/yaml"))) {
      files.forEach(this::applyCrd);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // of a namespace where nobody has put anything that a plain client cannot read
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> client.resources(Dataset.class).inNamespace(namespace).list() != null);
  }

  private void applyCrd(Path file) {
    try {
      client
          .resource(Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class))
          .forceConflicts()
          .serverSideApply();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
