package dev.firstday.operator.worker;

import dev.firstday.operator.kube.PodConfig;
import io.fabric8.kubernetes.api.model.Quantity;

/**
 * What every worker pod shares.
 *
 * @param serverImage what loads and asks versions before anybody else does
 * @param cudaImage what trains on NVIDIA's GPUs; empty: there is none
 * @param resources what a pod gets where its resource says nothing
 * @param tmpSize most that /tmp may hold where the resource limits no ephemeral-storage: data sets
 *     are spilled and unpacked there
 * @param openLineageUrl URL that takes OpenLineage events; empty: none are sent
 */
public record WorkerConfig(
    PodConfig pod,
    String serverImage,
    String cudaImage,
    DefaultResources resources,
    Quantity tmpSize,
    String openLineageUrl) {}
