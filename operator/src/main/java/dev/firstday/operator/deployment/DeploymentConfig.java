package dev.firstday.operator.deployment;

import dev.firstday.operator.kube.PodConfig;

/**
 * What holds for every deployment of this operator.
 *
 * @param pods of the server image
 * @param routerReplicas router pods a deployment
 * @param endpointByAddress whether endpoints name the Service's address instead of its DNS name,
 *     where nothing resolves that
 */
public record DeploymentConfig(PodConfig pods, int routerReplicas, boolean endpointByAddress) {}
