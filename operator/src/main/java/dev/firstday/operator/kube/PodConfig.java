package dev.firstday.operator.kube;

import java.util.List;

/**
 * What every pod of one image shares.
 *
 * @param imagePullPolicy Always, IfNotPresent or Never; empty: Kubernetes decides
 * @param imagePullSecrets names of Secrets in the tenant's namespace
 * @param serviceAccount the tenant's service account that pods run as; empty: the namespace's
 *     default. Its token is never mounted
 */
public record PodConfig(
    String image,
    String imagePullPolicy,
    List<String> imagePullSecrets,
    String serviceAccount,
    StorageConfig storage) {}
