package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.json.Json;

/** The one word that {@code kubectl get pods} says of a pod. */
final class PodStatus {
  private PodStatus() {}

  static String of(JsonNode pod) {
    JsonNode status = pod.path("status");
    String word =
        status.hasNonNull("reason") ? Json.text(status, "reason") : Json.text(status, "phase");
    for (JsonNode container : status.path("containerStatuses")) {
      JsonNode state = container.path("state");
      if (state.path("waiting").hasNonNull("reason")) {
        word = Json.text(state, "waiting", "reason");
      } else if (state.path("terminated").hasNonNull("reason")) {
        word = Json.text(state, "terminated", "reason");
      } else if (state.has("terminated")) {
        word = "ExitCode:" + state.path("terminated").path("exitCode").asInt();
      }
    }
    return pod.path("metadata").has("deletionTimestamp") ? "Terminating" : word;
  }

  static long restarts(JsonNode pod) {
    return Json.stream(Json.at(pod, "status", "containerStatuses"))
        .mapToLong(container -> container.path("restartCount").asLong())
        .sum();
  }
}
