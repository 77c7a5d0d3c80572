package dev.firstday.operator.deployment.canary;

import dev.firstday.api.Comparison;
import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.Risk;
import dev.firstday.api.PairCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checks of a rollout.
 *
 * <p>The risk of a false rollback is shared out among those that can cause one, since one suffices:
 * equally, but that all slices together get as much as all other checks. That of a false promotion
 * is not, since all have to pass.
 *
 * @param checks complete: nothing that the spec may leave out is left out
 * @param risk complete as well
 */
public record Checklist(Checks checks, Risk risk) {
  /** Slices of each column in spec.rollout.checks.slices: twenty values, and all others. */
  public static final int SLICES_A_COLUMN = PairCheck.VALUES_A_COLUMN + 1;

  private static final double HALF = 0.5;
  private static final List<PairCheck> BAD_ANSWERS =
      Arrays.stream(PairCheck.values()).filter(PairCheck::isFailure).toList();

  /** The ways in which an answer is none that a caller can use. */
  public List<Check> badAnswers() {
    return BAD_ANSWERS.stream()
        .map(kind -> proven(kind, checks.errorsPercent(), Action.GATE))
        .toList();
  }

  /** Whether answers differ, over all rows. */
  public Check disagreement() {
    return proven(PairCheck.DISAGREEMENT, checks.disagreementPercent(), Action.GATE);
  }

  /**
   * The findings, in the order that people read them.
   *
   * @param pairs captured requests and callers'
   * @param live callers' alone
   */
  public List<CheckResult> judge(Comparison pairs, Comparison live) {
    Comparison folded = Slices.fold(pairs, SLICES_A_COLUMN);
    return Stream.of(badAnswers().stream(), others(folded), slices(folded))
        .flatMap(some -> some)
        .map(check -> check.judge(folded, live))
        .toList();
  }

  /**
   * Whether answers are distributed as the stable version's; empty where nobody asks, or no answer
   * had the label. It rolls nothing back, and so has no part in the risk that the others share.
   */
  public Optional<DistributionResult> distribution(Comparison live) {
    return looksAt(checks.distribution().action()) && !live.answers().shares().isEmpty()
        ? Optional.of(
            DistributionResult.of(
                live.answers(),
                checks.distribution().points() / 100,
                risk.falseRollbackPercent() / 100,
                risk.falsePromotionPercent() / 100))
        : Optional.empty();
  }

  private Stream<Check> others(Comparison live) {
    List<Check> others = new ArrayList<>();
    others.add(proven(PairCheck.SLOW, checks.slowPercent(), Action.GATE));
    others.add(disagreement());
    if (looksAt(scoreAction())) {
      others.add(proven(PairCheck.SCORE, checks.scoreChange().percent(), scoreAction()));
    }
    // labels may never come, and nothing waits for them
    if (looksAt(checks.labels()) && live.tally(PairCheck.LABELS.word()).compared() > 0) {
      others.add(check(PairCheck.LABELS.word(), PairCheck.LABELS, HALF, checks.labels(), false));
    }
    return others.stream();
  }

  /**
   * Few rows have a rare value: proof would take for ever, so that a rate within bounds will do.
   */
  private Stream<Check> slices(Comparison live) {
    return live.checks().keySet().stream()
        .filter(PairCheck::isSlice)
        .sorted()
        .map(
            name ->
                check(
                    name,
                    PairCheck.DISAGREEMENT,
                    checks.disagreementPercent() / 100,
                    Action.GATE,
                    false));
  }

  private Check proven(PairCheck kind, double percent, Action action) {
    return check(kind.word(), kind, percent / 100, action, true);
  }

  private Check check(
      String name, PairCheck kind, double tolerance, Action action, boolean mustPass) {
    double rollback = risk.falseRollbackPercent() / 100;
    int slices = checks.slices().size() * SLICES_A_COLUMN;
    double share = slices == 0 ? rollback : rollback / 2;
    return new Check(
        name,
        kind,
        tolerance,
        action,
        PairCheck.isSlice(name) ? share / slices : share / gates(),
        risk.falsePromotionPercent() / 100,
        mustPass);
  }

  /** Checks that may roll back, slices aside. */
  private long gates() {
    return BAD_ANSWERS.size()
        + 3 // slow, disagreement, and disagreement on golden requests
        + Stream.of(scoreAction(), checks.labels()).filter(Action.GATE::equals).count();
  }

  private Action scoreAction() {
    return checks.scoreChange() == null
        ? Action.IGNORE
        : Objects.requireNonNullElse(checks.scoreChange().action(), Action.WARN);
  }

  private static boolean looksAt(Action action) {
    return action != Action.IGNORE;
  }
}
