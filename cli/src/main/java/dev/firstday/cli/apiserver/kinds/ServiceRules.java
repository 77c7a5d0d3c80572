package dev.firstday.cli.apiserver.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.ClusterIpAllocator;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.schema.FieldError;
import java.util.List;

/** A service keeps the address that it got. */
final class ServiceRules implements KindRules {
  private final ClusterIpAllocator clusterIps;

  ServiceRules(ClusterIpAllocator clusterIps) {
    this.clusterIps = clusterIps;
  }

  @Override
  public void complete(ObjectNode service) {
    ObjectNode spec = Json.child(service, "spec");
    completeSpec(spec);
    boolean wantsAddress = !Json.text(spec, "type").equals("ExternalName");
    if (wantsAddress && Json.text(spec, "clusterIP").isEmpty()) {
      JsonNode metadata = service.path("metadata");
      spec.put(
          "clusterIP",
          clusterIps.allocate(Json.text(metadata, "namespace"), Json.text(metadata, "name")));
    }
    if (wantsAddress) {
      spec.putArray("clusterIPs").add(spec.get("clusterIP"));
    }
    service.putObject("status").putObject("loadBalancer");
  }

  @Override
  public void complete(JsonNode live, ObjectNode service) {
    ObjectNode spec = Json.child(service, "spec");
    completeSpec(spec);
    for (String field : List.of("clusterIP", "clusterIPs")) {
      if (!spec.has(field) && live.path("spec").has(field)) {
        spec.set(field, live.path("spec").get(field));
      }
    }
  }

  @Override
  public List<FieldError> check(JsonNode service) {
    boolean isHeadless = Json.text(service, "spec", "clusterIP").equals("None");
    boolean isExternal = Json.text(service, "spec", "type").equals("ExternalName");
    if (!isHeadless && !isExternal && service.path("spec").path("ports").isEmpty()) {
      return List.of(FieldError.required("spec.ports", ""));
    }
    return List.of();
  }

  @Override
  public List<FieldError> checkUpdate(JsonNode live, JsonNode service) {
    JsonNode before = live.path("spec").path("clusterIP");
    JsonNode now = service.path("spec").path("clusterIP");
    if (before.isMissingNode() || before.equals(now)) {
      return List.of();
    }
    return List.of(FieldError.invalid("spec.clusterIPs[0]", now, "may not change once set"));
  }

  private static void completeSpec(ObjectNode spec) {
    Json.putIfAbsent(spec, "type", "ClusterIP");
    Json.putIfAbsent(spec, "sessionAffinity", "None");
    Json.putIfAbsent(spec, "internalTrafficPolicy", "Cluster");
    Json.putIfAbsent(spec, "ipFamilyPolicy", "SingleStack");
    if (!spec.has("ipFamilies")) {
      spec.putArray("ipFamilies").add("IPv4");
    }
    for (JsonNode port : spec.path("ports")) {
      Json.putIfAbsent((ObjectNode) port, "protocol", "TCP");
      if (!port.has("targetPort")) {
        ((ObjectNode) port).set("targetPort", port.path("port"));
      }
    }
  }
}
