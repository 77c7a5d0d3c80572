package dev.firstday.cli.apiserver.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** A secret takes plain text in, and gives none out. */
final class SecretRules implements KindRules {

  @Override
  public void complete(ObjectNode secret) {
    Json.putIfAbsent(secret, "type", "Opaque");
    JsonNode plain = secret.remove("stringData");
    if (plain == null) {
      return;
    }
    ObjectNode data = Json.child(secret, "data");
    for (Map.Entry<String, JsonNode> entry : plain.properties()) {
      byte[] text = entry.getValue().asText().getBytes(StandardCharsets.UTF_8);
      data.put(entry.getKey(), Base64.getEncoder().encodeToString(text));
    }
  }

  @Override
  public void complete(JsonNode live, ObjectNode secret) {
    complete(secret);
  }
}
