package dev.firstday.cli.local;

import java.nio.file.Path;

/** The one folder in which a local cluster keeps all it has. */
public record LocalFolder(Path root) {

  public LocalFolder {
    root = root.toAbsolutePath().normalize();
  }

  /** Kubernetes objects. */
  public Path state() {
    return root.resolve("state");
  }

  /** Buckets and their objects. */
  public Path s3() {
    return root.resolve("s3");
  }

  /** What containers print: {@code <namespace>/<pod>.log}. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** What the operator and the local controllers print. */
  public Path operatorLog() {
    return logs().resolve("operator.log");
  }

  /** Volumes and temporary files of the pods that run. */
  public Path pods() {
    return root.resolve("pods");
  }

  /** For {@code KUBECONFIG}. */
  public Path kubeconfig() {
    return root.resolve("kubeconfig");
  }

  /**
   * Whether a kubeconfig is of another cluster than the one that runs here.
   *
   * @param kubeconfig the variable's value; null when it is not set
   */
  public boolean isElsewhere(String kubeconfig) {
    return kubeconfig != null
        && !kubeconfig().equals(Path.of(kubeconfig).toAbsolutePath().normalize());
  }

  /** The {@link LocalRecord}. */
  public Path record() {
    return root.resolve("cluster.json");
  }

  /** Locked while a cluster runs here. */
  Path lock() {
    return root.resolve("lock");
  }

  /** A container's output; {@code previous}: that of its last ended run. */
  public Path podLog(String namespace, String pod, boolean previous) {
    return logs().resolve(namespace).resolve(pod + (previous ? ".previous.log" : ".log"));
  }
}
