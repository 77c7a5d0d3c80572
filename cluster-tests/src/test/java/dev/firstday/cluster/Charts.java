package dev.firstday.cluster;

import com.marcnuri.helm.Helm;
import dev.firstday.contract.OperatorEnvironment;
import dev.firstday.contract.PodEnvironment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Renders the chart, without a cluster. */
final class Charts {
  static final Path DIRECTORY = Path.of("..", "charts", "firstday");
  static final String NAMESPACE = "firstday-system";

  /** The version that is built; images have it as their tag. */
  static final String VERSION = System.getProperty("project.version");

  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final String KUBERNETES = "1.34.0";

  private Charts() {}

  static Map<String, Object> values(String path, Object value) {
    Map<String, Object> values = new TreeMap<>();
    values.put(path, value);
    return values;
  }

  static String yaml(Map<String, Object> values) {
    return yaml("firstday", NAMESPACE, values);
  }

  static String yaml(String release, String namespace, Map<String, Object> values) {
    var template =
        new Helm(DIRECTORY)
            .template()
            .withName(release)
            .withNamespace(namespace)
            .withKubeVersion(KUBERNETES);
    values.forEach(template::set);
    return template.call();
  }

  static List<HasMetadata> render(Map<String, Object> values) {
    return objects(yaml(values));
  }

  static List<HasMetadata> objects(String yaml) {
    return Stream.of(yaml.split("(?m)^---$"))
        .filter(document -> document.lines().anyMatch(line -> line.startsWith("kind:")))
        .map(document -> (HasMetadata) YAML.unmarshal(document))
        .toList();
  }

  static Set<String> variableNames() throws IllegalAccessException {
    Set<String> names = new HashSet<>();
    for (Class<?> type : List.of(OperatorEnvironment.class, PodEnvironment.class)) {
      for (Field field : type.getFields()) {
        if (field.getType() == String.class) {
          names.add((String) field.get(null));
        }
      }
    }
    return names;
  }
}
