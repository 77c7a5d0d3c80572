package dev.firstday.operator.deployment;

import dev.firstday.api.Capture;
import dev.firstday.api.ModelDeploymentSpec;
import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.Distribution;
import dev.firstday.api.ModelDeploymentSpec.Range;
import dev.firstday.api.ModelDeploymentSpec.Replay;
import dev.firstday.api.ModelDeploymentSpec.Risk;
import dev.firstday.api.ModelDeploymentSpec.Rollout;
import dev.firstday.api.ModelDeploymentSpec.ScoreChange;
import dev.firstday.api.ModelDeploymentSpec.Step;
import dev.firstday.api.ModelDeploymentSpec.Undecided;
import dev.firstday.operator.deployment.canary.Checklist;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * The spec, with what it leaves out filled in.
 *
 * @param paired whether callers' requests pass the router, which compares the versions' answers
 * @param grpcRouted whether a Gateway sends calls of gRPC to the versions
 * @param stepTime what a stage or step lasts at least where nothing is compared
 * @param shadowPercent 0: there is no shadow stage
 * @param capture complete; null: nothing is captured
 * @param replay complete; null: there is no replay
 * @param steps ascending by weight
 */
record Settings(
    String model,
    Scaling scaling,
    Capture capture,
    Replay replay,
    boolean paired,
    boolean grpcRouted,
    Duration stepTime,
    int shadowPercent,
    List<Step> steps,
    Checks checks,
    Risk risk,
    Duration bake,
    Duration phaseDeadline,
    Undecided onUndecided,
    Window window,
    boolean suspended) {
  private static final List<Step> STEPS = List.of(new Step(10, null), new Step(50, null));
  private static final int CAPTURE_PERCENT = 10;
  private static final int CAPTURE_MEGABYTES_AN_HOUR = 100;
  private static final int CAPTURE_KEEP_DAYS = 7;
  private static final int REPLAY_REQUESTS = 500;
  private static final int REPLAY_MAX_AGE_DAYS = 7;
  private static final long PHASE_DEADLINE_SECONDS = 600;
  private static final long STEP_SECONDS = 120;
  private static final double ERRORS_PERCENT = 5;
  private static final double SLOW_PERCENT = 20;
  private static final double DISAGREEMENT_PERCENT = 20;
  private static final double SCORE_CHANGE_PERCENT = 20;
  private static final double DISTRIBUTION_POINTS = 5;
  private static final double FALSE_ROLLBACK_PERCENT = 1;
  private static final double FALSE_PROMOTION_PERCENT = 5;

  static Settings of(ModelDeploymentSpec spec) {
    Rollout rollout = or(spec.rollout(), Rollout.DEFAULT);
    long phaseDeadline = or(rollout.phaseDeadlineSeconds(), PHASE_DEADLINE_SECONDS);
    return new Settings(
        spec.model(),
        Scaling.of(spec),
        capture(spec.capture()),
        replay(rollout.replay()),
        !spec.isBehindGateway(),
        spec.isBehindGateway() && spec.routing().gatewayAPI().hasGrpc(),
        Duration.ofSeconds(stepSeconds(spec, phaseDeadline)),
        rollout.shadow() == null ? 0 : rollout.shadow().percent(),
        rollout.steps() == null
            ? STEPS
            : rollout.steps().stream().sorted(Comparator.comparing(Step::weight)).toList(),
        checks(or(rollout.checks(), Checks.DEFAULT)),
        risk(or(rollout.risk(), new Risk(null, null))),
        Duration.ofSeconds(or(rollout.bakeSeconds(), 0L)),
        Duration.ofSeconds(phaseDeadline),
        or(rollout.onUndecided(), Undecided.HOLD),
        Window.of(rollout.rollbackWindow()),
        Boolean.TRUE.equals(spec.suspend()));
  }

  /** The same with other bounds for the number of pods. */
  Settings with(Scaling bounds) {
    return new Settings(
        model,
        bounds,
        capture,
        replay,
        paired,
        grpcRouted,
        stepTime,
        shadowPercent,
        steps,
        checks,
        risk,
        bake,
        phaseDeadline,
        onUndecided,
        window,
        suspended);
  }

  /** Percent of the requests that a step gives to the candidate. */
  List<Integer> weights() {
    return steps.stream().map(Step::weight).toList();
  }

  /** Whether a person must let the step begin. */
  boolean needsApproval(int step) {
    return Boolean.TRUE.equals(steps.get(step).requireApproval());
  }

  /** Whether a stage before the candidate answers callers in earnest is theirs. */
  boolean callersWillTell() {
    return shadowPercent > 0 || !steps.isEmpty();
  }

  /** What routers need to know of the checks. */
  Checks pairChecks() {
    return new Checks(
        checks.errorsPercent(),
        checks.slowPercent(),
        checks.slowFactor(),
        checks.range(),
        checks.disagreementPercent(),
        checks.scoreTolerance(),
        checks.slices(),
        checks.scoreChange(),
        checks.labels(),
        checks.distribution(),
        null);
  }

  /** What a candidate is judged by. */
  Checklist checklist() {
    return new Checklist(checks, risk);
  }

  private static Capture capture(Capture given) {
    return given == null
        ? null
        : new Capture(
            or(given.percent(), CAPTURE_PERCENT),
            or(given.redact(), List.of()),
            or(given.maxMegabytesPerHour(), CAPTURE_MEGABYTES_AN_HOUR),
            or(given.keepDays(), CAPTURE_KEEP_DAYS));
  }

  private static Replay replay(Replay given) {
    return given == null
        ? null
        : new Replay(
            or(given.requests(), REPLAY_REQUESTS), or(given.maxAgeDays(), REPLAY_MAX_AGE_DAYS));
  }

  private static long stepSeconds(ModelDeploymentSpec spec, long phaseDeadline) {
    Long given = spec.isBehindGateway() ? spec.routing().gatewayAPI().stepSeconds() : null;
    return or(given, Math.min(STEP_SECONDS, phaseDeadline / 2));
  }

  private static Checks checks(Checks given) {
    ScoreChange score = given.scoreChange();
    Distribution distribution = or(given.distribution(), new Distribution(null, null));
    return new Checks(
        or(given.errorsPercent(), ERRORS_PERCENT),
        or(given.slowPercent(), SLOW_PERCENT),
        or(given.slowFactor(), Checks.SLOW_FACTOR),
        or(given.range(), new Range(null, null)),
        or(given.disagreementPercent(), DISAGREEMENT_PERCENT),
        or(given.scoreTolerance(), Checks.SCORE_TOLERANCE),
        or(given.slices(), List.of()),
        score == null
            ? null
            : new ScoreChange(
                score.tolerance(),
                or(score.percent(), SCORE_CHANGE_PERCENT),
                or(score.action(), Action.WARN)),
        or(given.labels(), Action.GATE),
        new Distribution(
            or(distribution.points(), DISTRIBUTION_POINTS), or(distribution.action(), Action.WARN)),
        or(given.prometheus(), List.of()));
  }

  private static Risk risk(Risk given) {
    return new Risk(
        or(given.falseRollbackPercent(), FALSE_ROLLBACK_PERCENT),
        or(given.falsePromotionPercent(), FALSE_PROMOTION_PERCENT));
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
