package dev.firstday.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The rights that the chart grants are those that the operator uses. What it uses is noted by its
 * own tests before a real API server.
 */
@EnabledIfEnvironmentVariable(
    named = "GATEWAY_API_CRDS",
    matches = ".+",
    disabledReason =
        "needs what the operator's tests note: run them with KUBECONFIG and GATEWAY_API_CRDS")
class RightsTest {
  private static final Path USED = Path.of("..", "operator", "target", "used-rights");

  /** Granted for what those tests do not get to, each with where it is needed. */
  private static final Set<String> NOT_SEEN = Set.of();

  /**
   * Where the chart has one router in the place of two: another operator would have to be started
   * for it.
   */
  private static final String SEEN_BY_NOBODY = "delete poddisruptionbudgets.policy";

  @Test
  void nothingIsGrantedThatIsNotUsed() throws IOException {
    Set<String> used = used();
    assertThat(granted()).containsExactlyElementsOf(used);
  }

  private static Set<String> used() throws IOException {
    assumeTrue(
        Files.isDirectory(USED),
        "needs what the operator's tests note before a real API server: run them with KUBECONFIG");
    Set<String> used = new TreeSet<>(Set.of(SEEN_BY_NOBODY));
    try (Stream<Path> files = Files.list(USED)) {
      for (Path file : files.toList()) {
        used.addAll(Files.readAllLines(file));
      }
    }
    return used;
  }

  private static Set<String> granted() {
    Set<String> granted = new TreeSet<>();
    Charts.render(Map.of("storage.bucket", "models", "gatewayAPI.enabled", true)).stream()
        .filter(ClusterRole.class::isInstance)
        .map(ClusterRole.class::cast)
        .filter(role -> role.getMetadata().getName().equals("firstday"))
        .flatMap(role -> role.getRules().stream())
        .forEach(rule -> granted.addAll(rights(rule)));
    return granted;
  }

  private static List<String> rights(PolicyRule rule) {
    return rule.getVerbs().stream()
        .flatMap(
            verb ->
                rule.getResources().stream()
                    .flatMap(
                        resource ->
                            rule.getApiGroups().stream()
                                .map(group -> "%s %s.%s".formatted(verb, resource, group))))
        .toList();
  }
}
