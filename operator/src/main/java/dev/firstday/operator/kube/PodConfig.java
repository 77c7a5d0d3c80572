package dev.firstday.operator.kube;

/**
 * What every pod of one image shares.
 *
 * @param imagePullPolicy Always, IfNotPresent or Never; empty: Kubernetes decides
 * @param serviceAccount the tenant's service account that pods run as; empty: the namespace's
 *     default. Its token is never mounted
 */
public record PodConfig(
    String image, String imagePullPolicy, String serviceAccount, StorageConfig storage) {

  public PodConfig withImage(String other) {
    return new PodConfig(other, imagePullPolicy, serviceAccount, storage);
  }
}
