package dev.firstday.operator.deployment;

import dev.firstday.api.Autoscaling;
import dev.firstday.operator.deployment.Scaling.Automatic;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpecBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import java.util.ArrayList;
import java.util.List;

/** What a version's autoscaler goes by. */
final class Autoscalers {
  private Autoscalers() {}

  static HorizontalPodAutoscalerSpec spec(String deployment, Automatic scaling) {
    Autoscaling asked = scaling.spec();
    List<MetricSpec> metrics = new ArrayList<>();
    metrics.add(cpu(asked.cpuPercent()));
    if (asked.inFlight() != null) {
      metrics.add(inFlight(asked.inFlight()));
    }
    return new HorizontalPodAutoscalerSpecBuilder()
        .withNewScaleTargetRef("apps/v1", "Deployment", deployment)
        .withMinReplicas(scaling.atLeast())
        .withMaxReplicas(scaling.atMost())
        .withMetrics(metrics)
        .build();
  }

  /** Of the predictor alone: a container that others inject may request no cpu. */
  private static MetricSpec cpu(int percent) {
    return new MetricSpecBuilder()
        .withType("ContainerResource")
        .withNewContainerResource()
        .withContainer(DeploymentChildren.PREDICTOR)
        .withName("cpu")
        .withNewTarget()
        .withType("Utilization")
        .withAverageUtilization(percent)
        .endTarget()
        .endContainerResource()
        .build();
  }

  private static MetricSpec inFlight(int requests) {
    return new MetricSpecBuilder()
        .withType("Pods")
        .withNewPods()
        .withNewMetric()
        .withName(Autoscaling.IN_FLIGHT_METRIC)
        .endMetric()
        .withNewTarget()
        .withType("AverageValue")
        .withAverageValue(new Quantity(String.valueOf(requests)))
        .endTarget()
        .endPods()
        .build();
  }
}
