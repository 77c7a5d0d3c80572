package dev.firstday.cli.local;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what the controllers want. */
final class ClusterWriter {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterWriter.class);

  private final KubernetesClient client;

  ClusterWriter(KubernetesClient client) {
    this.client = client;
  }

  /** What has changed or gone since it was read is left to the next pass. */
  void apply(Write write) {
    try {
      send(write);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT
          && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
      LOG.debug("{}: {}", write.getClass().getSimpleName(), e.getMessage());
    }
  }

  private void send(Write write) {
    if (write instanceof Write.CreatePod create) {
      client.pods().resource(create.pod()).create();
    } else if (write instanceof Write.DeletePod delete) {
      client.pods().resource(delete.pod()).delete();
    } else if (write instanceof Write.SetJobStatus set) {
      Job job = new JobBuilder(set.job()).withStatus(set.status()).build();
      client.batch().v1().jobs().resource(job).updateStatus();
    } else if (write instanceof Write.DeleteJob delete) {
      client
          .batch()
          .v1()
          .jobs()
          .resource(delete.job())
          .withPropagationPolicy(DeletionPropagation.BACKGROUND)
          .delete();
    } else if (write instanceof Write.SetDeploymentStatus set) {
      Deployment deployment =
          new DeploymentBuilder(set.deployment()).withStatus(set.status()).build();
      client.apps().deployments().resource(deployment).updateStatus();
    } else if (write instanceof Write.CreateSecret create) {
      client.secrets().resource(create.secret()).create();
    }
  }
}
