package dev.firstday.cli.demo;

import dev.firstday.api.Capture;
import dev.firstday.api.GoldenCase;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.Replay;
import dev.firstday.api.ModelDeploymentSpec.Rollout;
import dev.firstday.api.ModelSpec;
import dev.firstday.api.Signing;
import dev.firstday.api.TrainingJob;
import dev.firstday.contract.Contract;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/**
 * The tiny example's resources in a running cluster, all of the same name.
 *
 * @param limit on everything that is waited for
 */
record Sign(KubernetesClient client, Duration limit) {
  /** Captures every request, and promotes by what was captured alone, however slow it is here. */
  ModelDeployment capture() {
    Checks anyTime = new Checks(null, null, 1000.0, null, null, null, null, null, null, null, null);
    return deploy(
        old ->
            new Rollout(new Replay(200, 1), null, List.of(), anyTime, null, null, null, null, null),
        old -> new Capture(100, List.of(), null, null),
        ModelDeploymentSpec::suspend);
  }

  /** Whether it begins no rollout. */
  void suspend(boolean suspended) {
    deploy(ModelDeploymentSpec::rollout, ModelDeploymentSpec::capture, old -> suspended);
  }

  private ModelDeployment deploy(
      Function<ModelDeploymentSpec, Rollout> rollout,
      Function<ModelDeploymentSpec, Capture> capture,
      Function<ModelDeploymentSpec, Boolean> suspend) {
    return change(
        ModelDeployment.class,
        d -> {
          ModelDeploymentSpec old = d.getSpec();
          d.setSpec(
              new ModelDeploymentSpec(
                  old.model(),
                  old.version(),
                  old.track(),
                  old.replicas(),
                  old.autoscaling(),
                  old.resources(),
                  old.routing(),
                  rollout.apply(old),
                  capture.apply(old),
                  suspend.apply(old)));
          return d;
        });
  }

  void golden(String one) {
    change(
        Model.class,
        model -> {
          model.setSpec(
              new ModelSpec(
                  null, List.of(Contract.read(one, GoldenCase.class)), null, null, null, null));
          return model;
        });
  }

  void signing(Signing signing) {
    change(
        Model.class,
        model -> {
          ModelSpec old = model.getSpec();
          model.setSpec(
              new ModelSpec(
                  old.listedVersions(),
                  old.golden(),
                  old.verification(),
                  old.aliases(),
                  old.retention(),
                  signing));
          return model;
        });
  }

  void trainAgain(long seed) {
    client
        .resources(TrainingJob.class)
        .inNamespace("default")
        .withName("sign")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\": {\"epochs\": 12, \"seed\": %d}}".formatted(seed));
  }

  /** The operator may write between the look and the change, which is refused then. */
  <R extends CustomResource<?, ?>> R change(Class<R> kind, UnaryOperator<R> change) {
    return Awaitility.await()
        .atMost(limit)
        .ignoreExceptionsMatching(
            e -> e instanceof KubernetesClientException refused && refused.getCode() == 409)
        .until(
            () -> client.resources(kind).inNamespace("default").withName("sign").edit(change),
            Objects::nonNull);
  }

  <R extends CustomResource<?, ?>> R await(Class<R> kind, Predicate<R> wanted) {
    return Awaitility.await()
        .atMost(limit)
        .until(
            () -> client.resources(kind).inNamespace("default").withName("sign").get(),
            wanted::test);
  }
}
