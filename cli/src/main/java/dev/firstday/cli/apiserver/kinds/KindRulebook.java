package dev.firstday.cli.apiserver.kinds;

import dev.firstday.cli.apiserver.ClusterIpAllocator;
import dev.firstday.cli.apiserver.schema.CelEngine;
import dev.firstday.cli.apiserver.store.ResourceId;
import java.time.Clock;

/** Finds the rules of a kind. */
public final class KindRulebook {
  /** The finalizer that holds a resource's definition until its objects are gone. */
  public static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

  private final ClusterIpAllocator clusterIps;
  private final CelEngine cel;
  private final Clock clock;

  public KindRulebook(ClusterIpAllocator clusterIps, CelEngine cel, Clock clock) {
    this.clusterIps = clusterIps;
    this.cel = cel;
    this.clock = clock;
  }

  /** The rules of Kubernetes' own resource of that name. */
  public KindRules of(ResourceId resource) {
    return switch (resource.toString()) {
      case "pods" -> new PodRules();
      case "services" -> new ServiceRules(clusterIps);
      case "namespaces" -> new NamespaceRules();
      case "secrets" -> new SecretRules();
      case "persistentvolumeclaims" -> new ClaimRules();
      case "deployments.apps", "replicasets.apps", "statefulsets.apps", "daemonsets.apps" ->
          new WorkloadRules(resource.plural());
      case "jobs.batch" -> new JobRules();
      case "cronjobs.batch" -> new CronJobRules();
      case "customresourcedefinitions.apiextensions.k8s.io" -> new DefinitionRules(cel, clock);
      case "ingresses.networking.k8s.io",
          "networkpolicies.networking.k8s.io",
          "poddisruptionbudgets.policy" ->
          new CountedRules();
      default -> new KindRules.Plain();
    };
  }
}
