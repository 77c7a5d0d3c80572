package dev.firstday.operator.deployment.canary;

import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.contract.RouterReport.Comparison;

/** What is compared between candidate and stable version, each a rate of bad outcomes. */
public enum Check {
  ERRORS("errors", "CandidateErrors", "requests") {
    @Override
    public double tolerance(ModelDeploymentSpec.Checks checks) {
      return checks.errorsPercent() / 100;
    }

    @Override
    long bad(Comparison comparison) {
      return comparison.errors();
    }
  },
  SLOW("slow", "CandidateSlow", "requests") {
    @Override
    public double tolerance(ModelDeploymentSpec.Checks checks) {
      return checks.slowPercent() / 100;
    }

    @Override
    long bad(Comparison comparison) {
      return comparison.slow();
    }
  },
  DISAGREEMENT("disagreement", "DisagreementTooHigh", "rows") {
    @Override
    public double tolerance(ModelDeploymentSpec.Checks checks) {
      return checks.disagreementPercent() / 100;
    }

    @Override
    long bad(Comparison comparison) {
      return comparison.disagreements();
    }

    @Override
    long compared(Comparison comparison) {
      return comparison.rows();
    }
  };

  /** Probability that a version within all its tolerances is ever rolled back. */
  static final double FALSE_ROLLBACK = 0.01;

  /** Probability that a version beyond one tolerance is ever passed. */
  static final double FALSE_PROMOTION = 0.05;

  private final String word;
  private final String reason;
  private final String unit;

  Check(String word, String reason, String unit) {
    this.word = word;
    this.reason = reason;
    this.unit = unit;
  }

  /** As the status names it. */
  public String word() {
    return word;
  }

  /** A condition's reason when the check fails. */
  public String reason() {
    return reason;
  }

  /** What is counted, in the plural. */
  public String unit() {
    return unit;
  }

  /** The rate that is tolerated, of checks that leave nothing out. */
  public abstract double tolerance(ModelDeploymentSpec.Checks checks);

  abstract long bad(Comparison comparison);

  long compared(Comparison comparison) {
    return comparison.requests();
  }

  /**
   * The check's finding. The risk of a false rollback is shared out among the checks, since one
   * that fails suffices; that of a false promotion is not, since all have to pass.
   */
  public CheckResult judge(Comparison comparison, ModelDeploymentSpec.Checks checks) {
    double tolerance = tolerance(checks);
    var test = new BernoulliTest(tolerance, FALSE_ROLLBACK / values().length, FALSE_PROMOTION);
    long bad = bad(comparison);
    long compared = compared(comparison);
    return new CheckResult(
        this, test.judge(bad, compared), bad, compared, tolerance, test.needed(bad, compared));
  }
}
