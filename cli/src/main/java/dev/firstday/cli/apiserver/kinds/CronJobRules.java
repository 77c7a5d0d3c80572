package dev.firstday.cli.apiserver.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;

/** A cron job makes jobs of its template. */
final class CronJobRules implements KindRules {

  @Override
  public void complete(ObjectNode cronJob) {
    ObjectNode spec = Json.child(cronJob, "spec");
    Json.putIfAbsent(spec, "concurrencyPolicy", "Allow");
    Json.putIfAbsent(spec, "successfulJobsHistoryLimit", 3);
    Json.putIfAbsent(spec, "failedJobsHistoryLimit", 1);
    if (!spec.has("suspend")) {
      spec.put("suspend", false);
    }
    if (Json.at(spec, "jobTemplate", "spec", "template", "spec") instanceof ObjectNode podSpec) {
      PodDefaults.complete(podSpec, "Always");
    }
  }

  @Override
  public void complete(JsonNode live, ObjectNode cronJob) {
    complete(cronJob);
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }
}
