package dev.firstday.cli.apiserver.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.store.ResourceId;
import java.util.List;

/** The objects that every cluster has from the start. */
public final class Furniture {
  private static final List<String> NAMESPACES =
      List.of("default", "kube-system", "kube-public", "kube-node-lease");

  private final Changes changes;

  public Furniture(Changes changes) {
    this.changes = changes;
  }

  /** Makes those that are not there. */
  public void install() {
    for (String name : NAMESPACES) {
      changes.create(new ResourceId("", "namespaces"), "", object("Namespace", name));
    }
    changes.create(new ResourceId("", "nodes"), "", node());
  }

  private static ObjectNode node() {
    ObjectNode node = object("Node", "local");
    ObjectNode status = node.putObject("status");
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "True")
        .put("reason", "LocalMode")
        .put("message", "pods run as processes on this machine");
    status.putObject("nodeInfo").put("kubeletVersion", "v1.34.0+firstday");
    return node;
  }

  private static ObjectNode object(String kind, String name) {
    ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", kind);
    object.putObject("metadata").put("name", name);
    return object;
  }
}
