package dev.firstday.operator.deployment;

import dev.firstday.operator.kube.PodConfig;
import dev.firstday.operator.worker.DefaultResources;

/**
 * What holds for every deployment of this operator.
 *
 * @param pods of the server image
 * @param predictorResources where spec.resources says nothing
 * @param routerReplicas router pods a deployment
 * @param servicePort port at which Services answer
 * @param endpointByAddress whether endpoints name the Service's address instead of its DNS name,
 *     where nothing resolves that
 * @param prometheusUrl the Prometheus that checks may ask; empty: there is none
 */
public record DeploymentConfig(
    PodConfig pods,
    DefaultResources predictorResources,
    DefaultResources routerResources,
    int routerReplicas,
    int servicePort,
    boolean endpointByAddress,
    String prometheusUrl) {

  /** The port that a URL need not name. */
  public static final int HTTP = 80;
}
