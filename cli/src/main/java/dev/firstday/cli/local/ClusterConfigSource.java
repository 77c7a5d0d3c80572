package dev.firstday.cli.local;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads them from the API server at each call, as late as a container starts. */
record ClusterConfigSource(KubernetesClient client, String namespace) implements ConfigSource {

  @Override
  public Optional<Map<String, String>> configMap(String name) {
    ConfigMap map = client.configMaps().inNamespace(namespace).withName(name).get();
    return map == null ? Optional.empty() : Optional.of(orEmpty(map.getData()));
  }

  @Override
  public Optional<Map<String, String>> secret(String name) {
    Secret secret = client.secrets().inNamespace(namespace).withName(name).get();
    if (secret == null) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>(orEmpty(secret.getStringData()));
    orEmpty(secret.getData())
        .forEach(
            (key, value) ->
                values.put(
                    key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    return Optional.of(values);
  }

  private static Map<String, String> orEmpty(Map<String, String> values) {
    return values == null ? Map.of() : values;
  }
}
