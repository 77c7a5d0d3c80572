package dev.firstday.operator.worker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.api.WorkerResources;
import java.util.List;
import java.util.Map;

/**
 * With what, where and how long a worker runs.
 *
 * @param image of the worker
 * @param arguments of its program; empty for the trainer image, which reads all from the run
 * @param resources null: what the operator's configuration says
 * @param affinity as in a pod's spec; empty: none
 * @param priorityClassName null: the cluster's default
 * @param queue of Kueue, which then decides when the Job begins; null: at once
 * @param deadlineSeconds counted from when the pod has a node: waiting for a free GPU does not use
 *     it up
 */
public record Placement(
    String image,
    List<String> arguments,
    WorkerResources resources,
    Map<String, String> nodeSelector,
    List<TrainingJobSpec.Toleration> tolerations,
    Map<String, JsonNode> affinity,
    String priorityClassName,
    String queue,
    long deadlineSeconds) {

  /** On any node, with the operator's image for workers. */
  public static Placement anywhere(
      WorkerResources resources, long deadlineSeconds, WorkerConfig config) {
    return anywhere(config.pod().image(), List.of(), resources, deadlineSeconds);
  }

  /** On any node, with the image that serves: what it finds is what callers will meet. */
  public static Placement ofServer(
      String argument, WorkerResources resources, long deadlineSeconds, WorkerConfig config) {
    return anywhere(config.serverImage(), List.of(argument), resources, deadlineSeconds);
  }

  private static Placement anywhere(
      String image, List<String> arguments, WorkerResources resources, long deadlineSeconds) {
    return new Placement(
        image, arguments, resources, Map.of(), List.of(), Map.of(), null, null, deadlineSeconds);
  }
}
