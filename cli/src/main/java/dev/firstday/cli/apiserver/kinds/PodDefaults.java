package dev.firstday.cli.apiserver.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.schema.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The usual values of a pod's spec, in a pod or in a template for pods. */
final class PodDefaults {
  private static final int CONFIG_FILE_MODE = 0644;

  private PodDefaults() {}

  /**
   * @param restartPolicy the usual one
   */
  static void complete(ObjectNode podSpec, String restartPolicy) {
    Json.putIfAbsent(podSpec, "restartPolicy", restartPolicy);
    Json.putIfAbsent(podSpec, "dnsPolicy", "ClusterFirst");
    Json.putIfAbsent(podSpec, "schedulerName", "default-scheduler");
    Json.putIfAbsent(podSpec, "terminationGracePeriodSeconds", 30);
    Json.child(podSpec, "securityContext");
    if (podSpec.hasNonNull("serviceAccountName")) {
      podSpec.set("serviceAccount", podSpec.get("serviceAccountName"));
    }
    for (String containers : List.of("initContainers", "containers")) {
      for (JsonNode container : podSpec.path(containers)) {
        if (container instanceof ObjectNode object) {
          completeContainer(object);
        }
      }
    }
    for (JsonNode volume : podSpec.path("volumes")) {
      for (String source : List.of("configMap", "secret", "projected", "downwardAPI")) {
        if (volume.get(source) instanceof ObjectNode files) {
          Json.putIfAbsent(files, "defaultMode", CONFIG_FILE_MODE);
        }
      }
    }
  }

  static List<FieldError> check(JsonNode podSpec, String path) {
    List<FieldError> errors = new ArrayList<>();
    if (podSpec.path("containers").isEmpty()) {
      errors.add(FieldError.required(path + ".containers", ""));
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < podSpec.path("containers").size(); i++) {
      JsonNode container = podSpec.path("containers").get(i);
      String at = path + ".containers[" + i + "]";
      if (Json.text(container, "image").isEmpty()) {
        errors.add(FieldError.required(at + ".image", ""));
      }
      if (!names.add(Json.text(container, "name"))) {
        errors.add(FieldError.duplicate(at + ".name", container.path("name")));
      }
    }
    return errors;
  }

  private static void completeContainer(ObjectNode container) {
    Json.putIfAbsent(container, "terminationMessagePath", "/dev/termination-log");
    Json.putIfAbsent(container, "terminationMessagePolicy", "File");
    Json.putIfAbsent(container, "imagePullPolicy", pullPolicy(Json.text(container, "image")));
    Json.child(container, "resources");
    completeResources(Json.child(container, "resources"));
    for (JsonNode port : container.path("ports")) {
      Json.putIfAbsent((ObjectNode) port, "protocol", "TCP");
    }
    for (JsonNode variable : container.path("env")) {
      if (variable.path("valueFrom").get("fieldRef") instanceof ObjectNode field) {
        Json.putIfAbsent(field, "apiVersion", "v1");
      }
    }
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      if (container.get(probe) instanceof ObjectNode object) {
        completeProbe(object);
      }
    }
  }

  private static void completeResources(ObjectNode resources) {
    if (resources.get("limits") instanceof ObjectNode limits) {
      ObjectNode requests = Json.child(resources, "requests");
      limits.properties().stream()
          .filter(limit -> !requests.has(limit.getKey()))
          .forEach(limit -> requests.set(limit.getKey(), limit.getValue()));
    }
  }

  private static void completeProbe(ObjectNode probe) {
    Json.putIfAbsent(probe, "timeoutSeconds", 1);
    Json.putIfAbsent(probe, "periodSeconds", 10);
    Json.putIfAbsent(probe, "successThreshold", 1);
    Json.putIfAbsent(probe, "failureThreshold", 3);
    if (probe.get("httpGet") instanceof ObjectNode get) {
      Json.putIfAbsent(get, "path", "/");
      Json.putIfAbsent(get, "scheme", "HTTP");
    }
  }

  private static String pullPolicy(String image) {
    String tag = image.substring(image.lastIndexOf('/') + 1);
    boolean isNewest = !tag.contains("@") && (!tag.contains(":") || tag.endsWith(":latest"));
    return isNewest ? "Always" : "IfNotPresent";
  }
}
