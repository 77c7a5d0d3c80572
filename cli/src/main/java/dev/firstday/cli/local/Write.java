package dev.firstday.cli.local;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;

/** What a controller wants changed. */
sealed interface Write {

  /** Nothing happens when a pod of that name is there. */
  record CreatePod(Pod pod) implements Write {}

  record DeletePod(Pod pod) implements Write {}

  record SetJobStatus(Job job, JobStatus status) implements Write {}

  record DeleteJob(Job job) implements Write {}

  record SetDeploymentStatus(Deployment deployment, DeploymentStatus status) implements Write {}

  record CreateSecret(Secret secret) implements Write {}
}
