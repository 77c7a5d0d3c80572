package dev.firstday.operator.deployment;

import dev.firstday.api.Condition;
import dev.firstday.api.GoldenResults;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ModelDeploymentStatus;
import dev.firstday.api.ModelDeploymentStatus.Chain;
import dev.firstday.api.ModelDeploymentStatus.CheckState;
import dev.firstday.api.ModelDeploymentStatus.Effective;
import dev.firstday.api.ModelDeploymentStatus.Rejection;
import dev.firstday.api.ModelDeploymentStatus.RolloutState;
import dev.firstday.api.ModelDeploymentStatus.ScalingState;
import dev.firstday.api.ModelDeploymentStatus.Target;
import dev.firstday.api.ModelVersion;
import dev.firstday.operator.deployment.CommandRules.Command;
import dev.firstday.operator.deployment.DeploymentObservation.Size;
import dev.firstday.operator.deployment.Scaling.Automatic;
import dev.firstday.operator.deployment.Scaling.Fixed;
import dev.firstday.operator.deployment.canary.Check;
import dev.firstday.operator.deployment.canary.CheckResult;
import dev.firstday.operator.deployment.canary.Finding;
import dev.firstday.operator.deployment.canary.Traffic;
import dev.firstday.operator.deployment.canary.Verdict;
import dev.firstday.operator.deployment.gateway.GatewaySight;
import dev.firstday.operator.deployment.gateway.GatewayStep;
import dev.firstday.operator.kube.Standing;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes down what was decided. */
record StatusRules(Settings settings, DeploymentObservation seen, Wanted wanted) {
  private static final String PAIRED_CHECKS = "PairedChecks";
  private static final int SLICES_TOLD = 10;

  /**
   * @param traffic how fast evidence comes
   * @param command the last that was obeyed or refused
   * @param revision of the routes
   * @param gateway what becomes of the HTTPRoute
   * @param columns the condition of columns that no version has, if there are any
   */
  ModelDeploymentStatus status(
      ModelDeploymentStatus previous,
      Move move,
      Traffic traffic,
      Command command,
      long revision,
      GatewayStep gateway,
      Optional<Condition> columns) {
    Rollout rollout = move.next();
    Progress progress = rollout.progress();
    int weight = rollout.weight(settings.weights());
    return new ModelDeploymentStatus(
        seen.generation(),
        move.phase().word(),
        Stream.concat(
                conditions(move.standing(), previous == null ? null : previous.conditions())
                    .stream(),
                columns.stream())
            .toList(),
        endpoint(previous),
        target(rollout.stable(), 100 - weight),
        target(rollout.candidate(), weight),
        new RolloutState(
            revision,
            rollout.stage().word(),
            rollout.stage() == Stage.CANARY ? progress.step() : null,
            progress.since(),
            rollout.stage().isLive() ? progress.comparedBefore() : null,
            progress.approved() ? true : null,
            progress.paused() ? true : null,
            command.text(),
            command.obeyed(),
            command.result(),
            progress.counts().routers().isEmpty() ? null : progress.counts().routers(),
            progress.counts().replayed().instance() == null ? null : progress.counts().replayed(),
            golden(previous, move),
            checks(previous, move, traffic)),
        rollout.rejected().isEmpty() ? null : rollout.rejected(),
        chain(previous, rollout),
        scaling(rollout.stable()),
        httpRoute(previous, gateway),
        new Effective(
            settings.scaling() instanceof Fixed fixed ? fixed.replicas() : null,
            settings.scaling() instanceof Automatic automatic ? automatic.spec() : null,
            settings.weights(),
            settings.phaseDeadline().toSeconds(),
            settings.risk().falseRollbackPercent(),
            settings.risk().falsePromotionPercent(),
            settings.capture(),
            settings.replay(),
            settings.window().spec()),
        rollout.previous().isEmpty() ? null : rollout.previous());
  }

  /** The status when passes fail: what was known stays, and the rollout with it. */
  static ModelDeploymentStatus failing(ModelDeployment resource, Standing standing, Instant now) {
    ModelDeploymentStatus before = resource.getStatus();
    Long generation = resource.getMetadata().getGeneration();
    if (before == null) {
      return new ModelDeploymentStatus(
          generation,
          Phase.PENDING.word(),
          standing.conditions(null, generation, now),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }
    return new ModelDeploymentStatus(
        generation,
        before.phase(),
        standing.conditionsAndOwn(before.conditions(), generation, now),
        before.endpoint(),
        before.stable(),
        before.candidate(),
        before.rollout(),
        before.rejected(),
        before.chain(),
        before.scaling(),
        before.httpRoute(),
        before.effective(),
        before.previous());
  }

  private List<Condition> conditions(Standing standing, List<Condition> previous) {
    List<Condition> four = standing.conditions(previous, seen.generation(), seen.now());
    if (settings.paired()) {
      return four;
    }
    Instant since =
        previous == null
            ? seen.now()
            : previous.stream()
                .filter(condition -> PAIRED_CHECKS.equals(condition.type()))
                .findFirst()
                .map(Condition::lastTransitionTime)
                .orElse(seen.now());
    return Stream.concat(
            four.stream(),
            Stream.of(
                new Condition(
                    PAIRED_CHECKS,
                    "False",
                    "GatewayAPI",
                    "callers' requests do not pass a router: no answers are compared or captured, no failed request is"
                        + " asked again, and no label is taken. A step passes by spec.rollout.checks.prometheus and"
                        + " the candidate's pods",
                    seen.generation(),
                    since)))
        .toList();
  }

  /** Known as long as it may be there: nobody looks for one that nobody has made. */
  private String httpRoute(ModelDeploymentStatus previous, GatewayStep step) {
    if (seen.gateway() instanceof GatewaySight.Present route) {
      return route.name();
    }
    if (seen.gateway() instanceof GatewaySight.Missing missing) {
      return step instanceof GatewayStep.Write ? missing.name() : null;
    }
    return previous == null ? null : previous.httpRoute();
  }

  private Target target(Version version, int weight) {
    if (!version.exists()) {
      return null;
    }
    Size size = seen.predictorsOf(version).size();
    return new Target(version.number(), version.digest(), weight, size.replicas(), size.ready());
  }

  private ScalingState scaling(Version stable) {
    String problem = seen.predictorsOf(stable).scalingProblem();
    return settings.scaling() instanceof Automatic automatic
        ? new ScalingState(
            automatic.atLeast(), automatic.atMost(), problem.isEmpty() ? null : problem)
        : null;
  }

  private String endpoint(ModelDeploymentStatus previous) {
    if (!seen.endpoint().isEmpty()) {
      return seen.endpoint();
    }
    return previous == null ? null : previous.endpoint();
  }

  /** A rollout's last evidence stays to be read until another begins. */
  private static List<CheckState> checks(
      ModelDeploymentStatus previous, Move move, Traffic traffic) {
    boolean begins = move.next().stage() == Stage.STARTING;
    List<CheckState> before =
        begins || previous == null || previous.rollout() == null
            ? null
            : previous.rollout().checks();
    if (move.checks().isEmpty()) {
      return before;
    }
    List<CheckState> told =
        worthTelling(move.checks()).map(result -> result.state(traffic)).toList();
    return Stream.concat(told.stream(), passedOnGolden(before, told)).toList();
  }

  /** What golden requests have shown is not shown by what follows, and has nothing more to say. */
  private static Stream<CheckState> passedOnGolden(List<CheckState> before, List<CheckState> told) {
    return Stream.ofNullable(before)
        .flatMap(List::stream)
        .filter(check -> Check.isOnGoldenRequests(check.name()))
        .filter(check -> Verdict.PASS.word().equals(check.verdict()))
        .filter(check -> told.stream().noneMatch(now -> now.name().equals(check.name())));
  }

  /** As with checks: they stay to be read. */
  private static GoldenResults golden(ModelDeploymentStatus previous, Move move) {
    if (move.golden() != null) {
      return move.golden();
    }
    boolean begins = move.next().stage() == Stage.STARTING;
    return begins || previous == null || previous.rollout() == null
        ? null
        : previous.rollout().golden();
  }

  /** There may be a hundred slices: those that are nearest to a failure are told. */
  private static Stream<Finding> worthTelling(List<Finding> findings) {
    return Stream.concat(
        findings.stream().filter(finding -> slice(finding).isEmpty()),
        findings.stream()
            .flatMap(finding -> slice(finding).stream())
            .sorted(Comparator.comparingDouble(CheckResult::evidence).reversed())
            .limit(SLICES_TOLD));
  }

  private static Optional<CheckResult> slice(Finding finding) {
    return finding instanceof CheckResult result && result.check().isSlice()
        ? Optional.of(result)
        : Optional.empty();
  }

  private Chain chain(ModelDeploymentStatus previous, Rollout rollout) {
    Version stable = rollout.stable();
    String stoppedBy =
        wanted instanceof Wanted.Found found
            ? rollout.rejectionOf(found.version(), seen.generation()).map(this::stop).orElse(null)
            : null;
    Optional<ModelVersion> recorded =
        seen.model().versions().stream()
            .filter(v -> stable.digest().equals(v.digest()))
            .findFirst();
    if (recorded.isPresent()) {
      return new Chain(
          "%s > %s/%d".formatted(recorded.get().dataset(), settings.model(), stable.number()),
          recorded.get().dataset(),
          recorded.get().runUid(),
          stoppedBy);
    }
    Chain known = previous == null ? null : previous.chain();
    if (known == null || !stable.equals(Version.of(previous.stable()))) {
      return stoppedBy == null ? null : new Chain(null, null, null, stoppedBy);
    }
    return new Chain(known.summary(), known.dataset(), known.runUid(), stoppedBy);
  }

  private String stop(Rejection rejection) {
    return "%s/%d: %s".formatted(settings.model(), rejection.number(), rejection.reason());
  }
}
