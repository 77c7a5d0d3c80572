package dev.firstday.cli.apiserver.kinds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;

/** A namespace is there at once, and goes when it has been emptied. */
final class NamespaceRules implements KindRules {

  @Override
  public void complete(ObjectNode namespace) {
    ObjectNode metadata = Json.metadata(namespace);
    Json.child(metadata, "labels").set("kubernetes.io/metadata.name", metadata.path("name"));
    Json.child(namespace, "spec").putArray("finalizers").add("kubernetes");
    namespace.putObject("status").put("phase", "Active");
  }
}
