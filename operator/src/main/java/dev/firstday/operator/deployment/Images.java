package dev.firstday.operator.deployment;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;
import java.util.stream.Collectors;

/** Which images pods run. */
final class Images {
  private Images() {}

  /**
   * The Deployment with the images that its containers have already. An upgrade of the operator in
   * the middle of a rollout would start every pod anew, and have versions compared on two servers
   * at once.
   */
  static Deployment keep(Deployment desired, Deployment there) {
    Map<String, String> images =
        there.getSpec().getTemplate().getSpec().getContainers().stream()
            .collect(Collectors.toMap(Container::getName, Container::getImage));
    return new DeploymentBuilder(desired)
        .accept(
            ContainerBuilder.class,
            container ->
                container.withImage(images.getOrDefault(container.getName(), container.getImage())))
        .build();
  }
}
