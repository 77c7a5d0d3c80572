package dev.firstday.operator.deployment.canary;

import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.ModelDeploymentSpec.PrometheusCheck;
import dev.firstday.api.ModelDeploymentStatus.CheckState;
import dev.firstday.operator.deployment.metrics.MetricAnswer;
import java.util.List;

/** What Prometheus says, held against its bounds. */
public record MetricResult(PrometheusCheck check, MetricAnswer answer) implements Finding {

  @Override
  public boolean stops() {
    return verdict() == Verdict.FAIL;
  }

  @Override
  public boolean allows() {
    return verdict() == Verdict.PASS;
  }

  @Override
  public String reason() {
    return "MetricOutOfBounds";
  }

  @Override
  public List<String> examples() {
    return List.of();
  }

  @Override
  public String evidenceInWords() {
    String bounds =
        check.min() == null
            ? "at most " + check.max()
            : check.max() == null
                ? "at least " + check.min()
                : "from %s to %s".formatted(check.min(), check.max());
    return "%s: %s, good is %s".formatted(check.name(), answer.words(), bounds);
  }

  @Override
  public String outlook() {
    return verdict() == Verdict.UNDECIDED ? "waits for a number" : "";
  }

  @Override
  public CheckState state(Traffic traffic) {
    return CheckState.ofNumber(
        check.name(),
        verdict().word(),
        Action.GATE,
        answer instanceof MetricAnswer.Value given ? given.value() : null,
        outlook().isEmpty() ? evidenceInWords() : evidenceInWords() + "; " + outlook());
  }

  private Verdict verdict() {
    if (!(answer instanceof MetricAnswer.Value given)) {
      return Verdict.UNDECIDED;
    }
    boolean good =
        (check.min() == null || given.value() >= check.min())
            && (check.max() == null || given.value() <= check.max());
    return good ? Verdict.PASS : Verdict.FAIL;
  }
}
