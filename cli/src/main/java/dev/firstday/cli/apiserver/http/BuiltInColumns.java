package dev.firstday.cli.apiserver.http;

import static dev.firstday.cli.apiserver.http.Columns.number;
import static dev.firstday.cli.apiserver.http.Columns.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.store.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The columns of Kubernetes' own resources, after the name. */
final class BuiltInColumns {
  private static final String NONE = "<none>";

  private final Columns columns;

  BuiltInColumns(Columns columns) {
    this.columns = columns;
  }

  List<Column> of(ResourceId resource) {
    Column age = columns.age("Age");
    return switch (resource.toString()) {
      case "pods" -> pods(age);
      case "services" -> services(age);
      case "events" -> events();
      case "namespaces", "persistentvolumeclaims" ->
          List.of(text("Status", 0, object -> Json.text(object, "status", "phase")), age);
      case "configmaps" ->
          List.of(number("Data", map -> size(map, "data") + size(map, "binaryData")), age);
      case "secrets" ->
          List.of(
              text("Type", 0, secret -> Json.text(secret, "type")),
              number("Data", secret -> size(secret, "data")),
              age);
      case "serviceaccounts" ->
          List.of(number("Secrets", account -> size(account, "secrets")), age);
      case "nodes" ->
          List.of(
              text("Status", 0, BuiltInColumns::nodeStatus),
              text("Roles", 0, node -> NONE),
              age,
              text("Version", 0, node -> Json.text(node, "status", "nodeInfo", "kubeletVersion")));
      case "deployments.apps" ->
          workload(
              List.of(
                  text("Ready", 0, it -> ofReplicas(it, "readyReplicas")),
                  number("Up-to-date", it -> status(it, "updatedReplicas")),
                  number("Available", it -> status(it, "availableReplicas")),
                  age));
      case "replicasets.apps" ->
          workload(
              List.of(
                  number("Desired", BuiltInColumns::replicas),
                  number("Current", it -> status(it, "replicas")),
                  number("Ready", it -> status(it, "readyReplicas")),
                  age));
      case "statefulsets.apps" ->
          workload(List.of(text("Ready", 0, it -> ofReplicas(it, "readyReplicas")), age));
      case "jobs.batch" -> workload(jobs(age));
      case "leases.coordination.k8s.io" ->
          List.of(text("Holder", 0, lease -> Json.text(lease, "spec", "holderIdentity")), age);
      case "customresourcedefinitions.apiextensions.k8s.io" ->
          List.of(text("Created At", 0, it -> Json.text(it, "metadata", "creationTimestamp")));
      default -> List.of(age);
    };
  }

  private List<Column> pods(Column age) {
    return List.of(
        text("Ready", 0, BuiltInColumns::readyContainers),
        text("Status", 0, PodStatus::of),
        text("Restarts", 0, pod -> Long.toString(PodStatus.restarts(pod))),
        age,
        text("IP", 1, pod -> orNone(Json.text(pod, "status", "podIP"))),
        text("Node", 1, pod -> orNone(Json.text(pod, "spec", "nodeName"))),
        text("Nominated Node", 1, pod -> NONE),
        text("Readiness Gates", 1, pod -> NONE));
  }

  private List<Column> services(Column age) {
    return List.of(
        text("Type", 0, service -> Json.text(service, "spec", "type")),
        text("Cluster-IP", 0, service -> orNone(Json.text(service, "spec", "clusterIP"))),
        text("External-IP", 0, service -> NONE),
        text("Port(s)", 0, BuiltInColumns::ports),
        age,
        text("Selector", 1, service -> labels(service.path("spec").path("selector"))));
  }

  private List<Column> events() {
    return List.of(
        text("Last Seen", 0, event -> columns.since(lastSeen(event))),
        text("Type", 0, event -> Json.text(event, "type")),
        text("Reason", 0, event -> Json.text(event, "reason")),
        text(
            "Object",
            0,
            event ->
                Json.text(involved(event), "kind").toLowerCase(Locale.ROOT)
                    + "/"
                    + Json.text(involved(event), "name")),
        text(
            "Message",
            0,
            event -> (Json.text(event, "message") + Json.text(event, "note")).strip()));
  }

  private List<Column> jobs(Column age) {
    return List.of(
        text("Status", 0, BuiltInColumns::jobStatus),
        text(
            "Completions",
            0,
            job -> status(job, "succeeded") + "/" + job.path("spec").path("completions").asLong(1)),
        text("Duration", 0, this::jobDuration),
        age);
  }

  private List<Column> workload(List<Column> own) {
    List<Column> all = new ArrayList<>(own);
    all.add(text("Containers", 1, it -> ofContainers(it, "name")));
    all.add(text("Images", 1, it -> ofContainers(it, "image")));
    all.add(text("Selector", 1, it -> labels(Json.at(it, "spec", "selector", "matchLabels"))));
    return all;
  }

  private static String readyContainers(JsonNode pod) {
    JsonNode states = Json.at(pod, "status", "containerStatuses");
    long ready = Json.stream(states).filter(state -> state.path("ready").asBoolean()).count();
    return ready + "/" + Json.at(pod, "spec", "containers").size();
  }

  private static String jobStatus(JsonNode job) {
    for (JsonNode condition : Json.at(job, "status", "conditions")) {
      if (Json.text(condition, "status").equals("True")) {
        switch (Json.text(condition, "type")) {
          case "Complete", "Failed", "Suspended", "FailureTarget", "SuccessCriteriaMet" -> {
            return Json.text(condition, "type");
          }
          default -> {}
        }
      }
    }
    return job.path("metadata").has("deletionTimestamp") ? "Terminating" : "Running";
  }

  private String jobDuration(JsonNode job) {
    String start = Json.text(job, "status", "startTime");
    String end = Json.text(job, "status", "completionTime");
    if (start.isEmpty() || end.isEmpty()) {
      return start.isEmpty() ? "" : columns.since(start);
    }
    return HumanDuration.of(Duration.between(Instant.parse(start), Instant.parse(end)));
  }

  private static String nodeStatus(JsonNode node) {
    return Json.stream(Json.at(node, "status", "conditions"))
            .anyMatch(
                condition ->
                    Json.text(condition, "type").equals("Ready")
                        && Json.text(condition, "status").equals("True"))
        ? "Ready"
        : "NotReady";
  }

  private static String ports(JsonNode service) {
    String ports =
        Json.stream(Json.at(service, "spec", "ports"))
            .map(port -> port.path("port").asText() + "/" + port.path("protocol").asText("TCP"))
            .collect(Collectors.joining(","));
    return orNone(ports);
  }

  private static JsonNode involved(JsonNode event) {
    return event.has("involvedObject") ? event.path("involvedObject") : event.path("regarding");
  }

  private static String lastSeen(JsonNode event) {
    for (String field : List.of("lastTimestamp", "deprecatedLastTimestamp", "eventTime")) {
      if (event.hasNonNull(field)) {
        return Json.text(event, field);
      }
    }
    return Json.text(event, "metadata", "creationTimestamp");
  }

  private static String ofContainers(JsonNode workload, String field) {
    return Json.stream(Json.at(workload, "spec", "template", "spec", "containers"))
        .map(container -> Json.text(container, field))
        .collect(Collectors.joining(","));
  }

  private static String ofReplicas(JsonNode workload, String field) {
    return status(workload, field) + "/" + replicas(workload);
  }

  private static long replicas(JsonNode workload) {
    return workload.path("spec").path("replicas").asLong(1);
  }

  private static long status(JsonNode object, String field) {
    return object.path("status").path(field).asLong();
  }

  private static long size(JsonNode object, String field) {
    return object.path(field).size();
  }

  private static String labels(JsonNode labels) {
    return orNone(
        labels.properties().stream()
            .map(
                (Map.Entry<String, JsonNode> label) ->
                    label.getKey() + "=" + label.getValue().asText())
            .collect(Collectors.joining(",")));
  }

  private static String orNone(String text) {
    return text.isEmpty() ? NONE : text;
  }
}
