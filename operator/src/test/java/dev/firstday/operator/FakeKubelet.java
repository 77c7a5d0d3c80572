package dev.firstday.operator;

import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Ends worker pods that no node ever took, with the answers of a worker that exists nowhere. */
public final class FakeKubelet {
  private final KubernetesClient client;
  private final String namespace;

  public FakeKubelet(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Answers every worker that waits; returns how many did. */
  public int answerAll(Function<Run, RunResult> worker) {
    List<Pod> waiting =
        client
            .pods()
            .inNamespace(namespace)
            .withLabel("app.kubernetes.io/component", "worker")
            .withField("status.phase", "Pending")
            .list()
            .getItems();
    waiting.forEach(pod -> end(pod, 0, Contract.write(worker.apply(run(pod)))));
    return waiting.size();
  }

  /** The container ends like this. */
  public void end(Pod pod, int exitCode, String message) {
    report(
        pod,
        new PodStatusBuilder()
            .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
            .withContainerStatuses(
                new ContainerStatusBuilder()
                    .withName("worker")
                    .withImage("none")
                    .withImageID("none")
                    .withReady(false)
                    .withRestartCount(0)
                    .withNewState()
                    .withNewTerminated()
                    .withExitCode(exitCode)
                    .withMessage(message)
                    .withReason(exitCode == 0 ? "Completed" : "Error")
                    .endTerminated()
                    .endState()
                    .build())
            .build());
  }

  /** Writes what the status has, whatever the scheduler wrote into it meanwhile. */
  public void report(Pod pod, PodStatus status) {
    client
        .pods()
        .inNamespace(namespace)
        .withName(pod.getMetadata().getName())
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("status", status)));
  }

  private static Run run(Pod pod) {
    return pod.getSpec().getContainers().get(0).getEnv().stream()
        .filter(variable -> Run.VARIABLE.equals(variable.getName()))
        .map(EnvVar::getValue)
        .map(json -> Contract.read(json, Run.class))
        .findFirst()
        .orElseThrow();
  }
}
