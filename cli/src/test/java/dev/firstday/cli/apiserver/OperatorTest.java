package dev.firstday.cli.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.json.Json;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Java Operator SDK as it comes: server-side apply, finalizers, informers, a lease. */
class OperatorTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String NAMESPACE = "default";

  @Test
  void anOperatorWorksAsOnACluster() throws IOException {
    try (RunningServer running = RunningServer.inMemory()) {
      KubernetesClient client = running.client();
      ProbeReconciler reconciler = new ProbeReconciler();
      Operator operator = operator(client, reconciler);
      operator.start();
      try {
        client.resource(Probe.of(NAMESPACE, "one", 2)).create();
        await().atMost(LONG).until(() -> phase(client).equals("2 of generation 1"));
        assertThat(probe(client).getMetadata().getFinalizers())
            .containsExactly("probes.apiserver.firstday.test/finalizer");
        assertThat(data(client)).containsEntry("replicas", "2");
        assertThat(
                client
                    .leases()
                    .inNamespace(NAMESPACE)
                    .withName("probes")
                    .get()
                    .getSpec()
                    .getHolderIdentity())
            .isEqualTo("me");

        probeNamed(client)
            .edit(
                probe -> {
                  probe.setSpec(new Probe.Spec("abc", 3));
                  return probe;
                });
        await().atMost(LONG).until(() -> phase(client).equals("3 of generation 2"));
        await().atMost(LONG).until(() -> data(client).get("replicas").equals("3"));

        client.configMaps().inNamespace(NAMESPACE).withName("one").delete();
        await()
            .atMost(LONG)
            .until(() -> client.configMaps().inNamespace(NAMESPACE).withName("one").get() != null);

        probeNamed(client).delete();
        await().atMost(LONG).until(() -> probe(client) == null);
        assertThat(reconciler.cleanups).hasValue(1);
        await()
            .atMost(LONG)
            .until(() -> client.configMaps().inNamespace(NAMESPACE).withName("one").get() == null);
      } finally {
        operator.stop();
      }
    }
  }

  @Test
  void anOperatorThatIsStartedAgainWritesNothing() throws Exception {
    int count = 100;
    try (RunningServer running = RunningServer.inMemory()) {
      KubernetesClient client = running.client();
      Operator first = operator(client, new ProbeReconciler());
      first.start();
      for (int i = 0; i < count; i++) {
        client.resource(Probe.of(NAMESPACE, "p" + i, i % 9)).create();
      }
      await()
          .atMost(LONG)
          .until(
              () ->
                  client.resources(Probe.class).inNamespace(NAMESPACE).list().getItems().stream()
                      .allMatch(it -> it.getStatus() != null && it.getStatus().phase() != null));
      first.stop();
      List<String> before = versions(running);

      ProbeReconciler again = new ProbeReconciler();
      Operator second = operator(client, again);
      second.start();
      await().atMost(LONG).until(() -> again.passes.get() >= count);
      second.stop();
      assertThat(versions(running)).isEqualTo(before);
    }
  }

  private static List<String> versions(RunningServer running) throws Exception {
    JsonNode probes = running.wire().get(RunningServer.PROBES).body();
    JsonNode maps = running.wire().get("/api/v1/namespaces/default/configmaps").body();
    return Stream.concat(Json.stream(probes.path("items")), Json.stream(maps.path("items")))
        .map(
            item ->
                Json.text(item, "metadata", "name")
                    + "@"
                    + Json.text(item, "metadata", "resourceVersion"))
        .toList();
  }

  private static Operator operator(KubernetesClient client, ProbeReconciler reconciler) {
    Operator operator =
        new Operator(
            overrides ->
                overrides
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withLeaderElectionConfiguration(
                        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("probes")
                            .withLeaseNamespace(NAMESPACE)
                            .withIdentity("me")
                            .withExitOnStopLeading(false)
                            .build()));
    operator.register(reconciler, overrides -> overrides.settingNamespaces(NAMESPACE));
    return operator;
  }

  private static Resource<Probe> probeNamed(KubernetesClient client) {
    return client.resources(Probe.class).inNamespace(NAMESPACE).withName("one");
  }

  private static Probe probe(KubernetesClient client) {
    return probeNamed(client).get();
  }

  private static String phase(KubernetesClient client) {
    Probe.Status status = probe(client).getStatus();
    return status == null || status.phase() == null ? "" : status.phase();
  }

  private static Map<String, String> data(KubernetesClient client) {
    return client.configMaps().inNamespace(NAMESPACE).withName("one").get().getData();
  }

  /** Keeps a config map that says how many replicas are wanted. */
  @ControllerConfiguration(name = "probe")
  static final class ProbeReconciler implements Reconciler<Probe>, Cleaner<Probe> {
    private final AtomicInteger cleanups = new AtomicInteger();
    private final AtomicInteger passes = new AtomicInteger();

    @Override
    public List<EventSource<?, Probe>> prepareEventSources(EventSourceContext<Probe> context) {
      return List.of(
          new InformerEventSource<>(
              InformerEventSourceConfiguration.from(ConfigMap.class, Probe.class)
                  .withLabelSelector("of=probe")
                  .build(),
              context));
    }

    @Override
    public UpdateControl<Probe> reconcile(Probe probe, Context<Probe> context) {
      passes.incrementAndGet();
      String replicas = probe.getSpec().replicas().toString();
      boolean isThere =
          context
              .getSecondaryResource(ConfigMap.class)
              .filter(map -> map.getData().get("replicas").equals(replicas))
              .isPresent();
      if (!isThere) {
        context
            .getClient()
            .resource(map(probe, replicas))
            .patch(
                new PatchContext.Builder()
                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                    .withFieldManager("probe")
                    .withForce(true)
                    .build());
      }
      long generation = probe.getMetadata().getGeneration();
      String phase = replicas + " of generation " + generation;
      if (probe.getStatus() != null && phase.equals(probe.getStatus().phase())) {
        return UpdateControl.noUpdate();
      }
      Probe update = new Probe();
      update.getMetadata().setName(probe.getMetadata().getName());
      update.getMetadata().setNamespace(probe.getMetadata().getNamespace());
      update.setStatus(new Probe.Status(phase, probe.getSpec().replicas(), generation));
      return UpdateControl.patchStatus(update);
    }

    @Override
    public DeleteControl cleanup(Probe probe, Context<Probe> context) {
      cleanups.incrementAndGet();
      return DeleteControl.defaultDelete();
    }

    private static ConfigMap map(Probe probe, String replicas) {
      return new ConfigMapBuilder()
          .withNewMetadata()
          .withName(probe.getMetadata().getName())
          .withNamespace(probe.getMetadata().getNamespace())
          .addToLabels("of", "probe")
          .addNewOwnerReference()
          .withApiVersion(probe.getApiVersion())
          .withKind(probe.getKind())
          .withName(probe.getMetadata().getName())
          .withUid(probe.getMetadata().getUid())
          .withController(true)
          .endOwnerReference()
          .endMetadata()
          .addToData("replicas", replicas)
          .build();
    }
  }
}
