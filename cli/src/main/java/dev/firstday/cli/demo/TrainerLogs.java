package dev.firstday.cli.demo;

import dev.firstday.api.TrainingJob;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;

/** Finds the log of the pod that works on a training job. */
record TrainerLogs(Place place) {
  private static final int LINES = 5;

  Optional<TrainingLog> of(TrainingJob job) {
    if (job.getStatus() == null
        || job.getStatus().run() == null
        || job.getStatus().run().job() == null) {
      return Optional.empty();
    }
    try {
      List<Pod> pods =
          place
              .client()
              .pods()
              .inNamespace(place.namespace())
              .withLabel("job-name", job.getStatus().run().job())
              .list()
              .getItems();
      return pods.isEmpty()
          ? Optional.empty()
          : TrainingLog.last(
              place.client().pods().resource(pods.get(0)).tailingLines(LINES).getLog());
    } catch (KubernetesClientException e) {
      // a pod that has not started has no log, and one that is gone has none any more
      return Optional.empty();
    }
  }
}
