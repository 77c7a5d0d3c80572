package dev.firstday.operator.deployment.canary;

import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.ModelDeploymentStatus.CheckState;
import java.util.List;

/**
 * Whether the candidate's pods answer, where nobody sees whether they answer well.
 *
 * @param ready pods that do
 * @param wanted pods that should
 * @param trouble what ails the others; empty when nobody knows
 */
public record PodHealth(int ready, int wanted, String trouble) implements Finding {
  private static final String NAME = "pods";

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
    return "PodsNotReady";
  }

  @Override
  public List<String> examples() {
    return List.of();
  }

  @Override
  public String evidenceInWords() {
    return "%s: %d of %d are ready%s"
        .formatted(NAME, ready, wanted, trouble.isEmpty() ? "" : ": " + trouble);
  }

  @Override
  public String outlook() {
    return verdict() == Verdict.UNDECIDED ? "waits for the others" : "";
  }

  @Override
  public CheckState state(Traffic traffic) {
    return CheckState.ofNumber(
        NAME, verdict().word(), Action.GATE, (double) ready, evidenceInWords());
  }

  private Verdict verdict() {
    if (ready >= wanted) {
      return Verdict.PASS;
    }
    return ready == 0 ? Verdict.FAIL : Verdict.UNDECIDED;
  }
}
