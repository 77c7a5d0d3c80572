package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeployment;
import dev.firstday.operator.kube.Labels;
import dev.firstday.operator.kube.SharedKinds;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What calls for a pass: the children, their pods, and the Model. */
final class DeploymentWatches {
  private static final String SELECTOR =
      "%s,%s=%s".formatted(Labels.SELECTOR, Labels.KIND, "deployment");

  private DeploymentWatches() {}

  static List<EventSource<?, ModelDeployment>> of(
      SharedKinds kinds, EventSourceContext<ModelDeployment> context) {
    return Stream.<EventSource<?, ModelDeployment>>concat(
            Stream.of(
                    ConfigMap.class,
                    Service.class,
                    Deployment.class,
                    HorizontalPodAutoscaler.class,
                    PodDisruptionBudget.class)
                .map(kind -> children(kind, context)),
            Stream.of(
                pods(context),
                kinds.deployments().publish(context),
                kinds
                    .models()
                    .namedBy(deployment -> Set.of(deployment.getSpec().model()), context)))
        .toList();
  }

  private static <R extends HasMetadata> EventSource<R, ModelDeployment> children(
      Class<R> kind, EventSourceContext<ModelDeployment> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, ModelDeployment.class)
            .withLabelSelector(SELECTOR)
            .build(),
        context);
  }

  private static EventSource<Pod, ModelDeployment> pods(
      EventSourceContext<ModelDeployment> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Pod.class, ModelDeployment.class)
            .withLabelSelector(SELECTOR)
            .withSecondaryToPrimaryMapper(DeploymentWatches::deploymentOf)
            .build(),
        context);
  }

  private static Set<ResourceID> deploymentOf(Pod pod) {
    String name =
        pod.getMetadata().getAnnotations() == null
            ? null
            : pod.getMetadata().getAnnotations().get(DeploymentChildren.OWNER_ANNOTATION);
    return name == null ? Set.of() : Set.of(new ResourceID(name, pod.getMetadata().getNamespace()));
  }
}
