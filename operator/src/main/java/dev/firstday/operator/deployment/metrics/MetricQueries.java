package dev.firstday.operator.deployment.metrics;

import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentSpec.PrometheusCheck;
import dev.firstday.api.ModelDeploymentStatus.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The queries that a rollout asks. */
public final class MetricQueries {
  private MetricQueries() {}

  /** The spec's queries for the candidate, by name; none while nobody is on trial. */
  public static Map<String, String> of(ModelDeployment deployment) {
    Target candidate = deployment.getStatus() == null ? null : deployment.getStatus().candidate();
    Map<String, String> queries = new LinkedHashMap<>();
    if (candidate != null) {
      for (PrometheusCheck check : checks(deployment)) {
        queries.put(
            check.name(),
            check
                .query()
                .replace("$(namespace)", deployment.getMetadata().getNamespace())
                .replace("$(deployment)", deployment.getMetadata().getName())
                .replace("$(version)", String.valueOf(candidate.number())));
      }
    }
    return queries;
  }

  private static List<PrometheusCheck> checks(ModelDeployment deployment) {
    var rollout = deployment.getSpec().rollout();
    return rollout == null || rollout.checks() == null || rollout.checks().prometheus() == null
        ? List.of()
        : rollout.checks().prometheus();
  }
}
