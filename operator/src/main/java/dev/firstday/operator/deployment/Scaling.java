package dev.firstday.operator.deployment;

import dev.firstday.api.Autoscaling;
import dev.firstday.api.ModelDeploymentSpec;

/** How many pods a version gets, and who chooses the number. */
sealed interface Scaling {
  /** Pods with which a version is complete. */
  int atLeast();

  /** Pods that a version never has more of. */
  int atMost();

  /** Whether it asks for more pods than the spec does. */
  boolean isRaised();

  /** The number within the bounds that is nearest to this one. */
  default int nearest(int replicas) {
    return Math.max(atLeast(), Math.min(atMost(), replicas));
  }

  /** The spec chooses: the operator writes the number into each Deployment. */
  record Fixed(int replicas) implements Scaling {
    @Override
    public int atLeast() {
      return replicas;
    }

    @Override
    public int atMost() {
      return replicas;
    }

    @Override
    public boolean isRaised() {
      return false;
    }
  }

  /**
   * Each version's autoscaler chooses within these bounds.
   *
   * @param spec what the spec says, complete
   * @param atLeast for now: more than spec.minReplicas during a rollout, maybe
   */
  record Automatic(Autoscaling spec, int atLeast) implements Scaling {
    @Override
    public int atMost() {
      return spec.maxReplicas();
    }

    @Override
    public boolean isRaised() {
      return atLeast > spec.minReplicas();
    }

    /** With so many pods at least, as far as the upper bound allows. */
    Automatic raised(int pods) {
      return new Automatic(spec, Math.max(atLeast, Math.min(atMost(), pods)));
    }
  }

  static Scaling of(ModelDeploymentSpec spec) {
    Autoscaling given = spec.autoscaling();
    if (given == null) {
      return new Fixed(spec.replicas() == null ? 1 : spec.replicas());
    }
    int least = given.minReplicas() == null ? 1 : given.minReplicas();
    return new Automatic(
        new Autoscaling(
            least,
            given.maxReplicas(),
            given.cpuPercent() == null ? 80 : given.cpuPercent(),
            given.inFlight()),
        least);
  }
}
