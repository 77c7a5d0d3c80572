package dev.firstday.operator.deployment;

import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.FakeKubelet;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.function.Function;
import org.awaitility.Awaitility;

/** Pods of Deployments on a real API server that no node ever takes: tests say what they report. */
record PlayedPods(KubernetesClient client, String namespace) {

  /** Plays the kubelet: the Deployment's pods run and are ready. */
  void run(String deployment, int count) {
    each(
        deployment,
        count,
        pod ->
            running(pod)
                .withPodIP("10.99." + Math.abs(pod.getMetadata().getName().hashCode() % 250) + ".1")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition());
  }

  /** Plays the kubelet: the Deployment's pod says that its artefact is corrupt. */
  void refuse(String deployment, Version version) {
    String words =
        Contract.write(
            new RunResult.Failure(
                version.digest(),
                "ArtefactCorrupt",
                "objects/sha256/1234 has another digest: restore it",
                RunResult.Cure.FIX_DATA));
    each(
        deployment,
        1,
        pod -> {
          ContainerStatus waiting =
              container()
                  .withNewState()
                  .withNewWaiting()
                  .withReason("CrashLoopBackOff")
                  .endWaiting()
                  .endState()
                  .withNewLastState()
                  .withNewTerminated()
                  .withExitCode(1)
                  .withMessage(words)
                  .endTerminated()
                  .endLastState()
                  .build();
          return new PodStatusBuilder().withPhase("Running").withContainerStatuses(waiting);
        });
  }

  private void each(String deployment, int count, Function<Pod, PodStatusBuilder> status) {
    List<Pod> pods =
        Awaitility.await("pods of " + deployment)
            .atMost(LiveDeployment.PATIENCE)
            .until(() -> of(deployment), found -> found.size() == count);
    FakeKubelet kubelet = new FakeKubelet(client, namespace);
    pods.forEach(pod -> kubelet.report(pod, status.apply(pod).build()));
  }

  private static PodStatusBuilder running(Pod pod) {
    return new PodStatusBuilder()
        .withPhase("Running")
        .withContainerStatuses(
            container()
                .withReady(true)
                .withNewState()
                .withNewRunning()
                .withStartedAt(pod.getMetadata().getCreationTimestamp())
                .endRunning()
                .endState()
                .build());
  }

  private static ContainerStatusBuilder container() {
    return new ContainerStatusBuilder()
        .withName("server")
        .withImage("none")
        .withImageID("none")
        .withReady(false)
        .withRestartCount(0);
  }

  List<Pod> of(String deployment) {
    Deployment found =
        client.apps().deployments().inNamespace(namespace).withName(deployment).get();
    return found == null
        ? List.of()
        : client
            .pods()
            .inNamespace(namespace)
            .withLabels(found.getSpec().getSelector().getMatchLabels())
            .list()
            .getItems();
  }
}
