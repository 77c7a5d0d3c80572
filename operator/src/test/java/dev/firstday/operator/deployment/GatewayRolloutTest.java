package dev.firstday.operator.deployment;

import static dev.firstday.operator.deployment.World.counts;
import static dev.firstday.operator.deployment.World.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.ModelDeploymentSpec.PrometheusCheck;
import dev.firstday.api.ModelDeploymentSpec.Rollout;
import dev.firstday.api.ModelDeploymentSpec.Step;
import dev.firstday.api.ModelDeploymentSpec.Track;
import dev.firstday.api.ModelDeploymentSpec.Undecided;
import dev.firstday.operator.deployment.DeploymentObservation.Size;
import dev.firstday.operator.deployment.gateway.GatewaySight;
import dev.firstday.operator.deployment.gateway.GatewayStep;
import dev.firstday.operator.deployment.metrics.MetricAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Gateway sends callers to the versions, and no router compares what they are told. */
class GatewayRolloutTest {
  private static final List<PrometheusCheck> CONVERSION =
      List.of(new PrometheusCheck("conversion", "sum(x)", 0.9, null));
  private static final Duration STEP = Duration.ofMinutes(2);

  private final World world = new World();

  @Test
  void stableHasAllRequestsAndTheStatusSaysWhatIsOff() {
    stable(CONVERSION, steps(10));

    assertThat(weights()).isEqualTo(Map.of(1, 100));
    assertThat(world.status.httpRoute()).isEqualTo("late");
    assertThat(world.condition("Ready").status()).isEqualTo("True");
    assertThat(world.condition("PairedChecks").status()).isEqualTo("False");
    assertThat(world.condition("PairedChecks").reason()).isEqualTo("GatewayAPI");
  }

  @Test
  void aStepPassesWhenItsChecksAreGoodForSomeTime() {
    onTrial(CONVERSION, steps(10, 50));
    world.metrics.put("conversion", new MetricAnswer.Value(0.95));
    world.settle();

    assertThat(weights()).isEqualTo(Map.of(1, 90, 2, 10));
    assertThat(world.routes.candidate().weight())
        .as("the router sends golden requests and nothing else")
        .isZero();
    assertThat(world.routes.shadowPercent()).isZero();
    assertThat(world.condition("Reconciling").message()).contains("this step lasts");
    world.after(STEP).settle();
    assertThat(weights()).isEqualTo(Map.of(1, 50, 2, 50));
    world.after(STEP).settle();
    assertThat(world.stableNumber()).isEqualTo(2);
    assertThat(weights()).isEqualTo(Map.of(2, 100));
  }

  @Test
  void withoutANumberItStays() {
    onTrial(CONVERSION, steps(10));
    world.after(STEP).settle();

    assertThat(world.phase()).isEqualTo("Canary");
    assertThat(world.condition("Reconciling").message()).contains("waits for a number");
  }

  @Test
  void aNumberBeyondABoundTakesItsShareAwayBeforeItsPodsGo() {
    onTrial(CONVERSION, steps(10));
    world.gatewayLags = true;
    world.metrics.put("conversion", new MetricAnswer.Value(0.5));
    DeploymentPlan plan = world.pass();

    assertThat(world.phase()).isEqualTo("RolledBack");
    assertThat(plan.gateway()).isEqualTo(new GatewayStep.Write(Map.of(1, 100), true));
    world.pass();
    world.pass();
    assertThat(world.running).as("the Gateway may still send requests").contains(version(2));
    world.gatewayLags = false;
    world.settle();
    assertThat(world.running).containsExactly(version(1));
  }

  @Test
  void withoutAnyCheckAPersonDecides() {
    onTrial(
        List.of(),
        new Rollout(
            null,
            null,
            List.of(new Step(10, null), new Step(50, true)),
            null,
            null,
            null,
            null,
            null,
            null));
    world.after(STEP).settle();
    assertThat(world.phase()).isEqualTo("AwaitingApproval");
    world.command = "approve 1";
    world.settle();
    assertThat(weights()).isEqualTo(Map.of(1, 50, 2, 50));

    world.after(STEP).settle();
    assertThat(world.phase()).isEqualTo("Canary");
    assertThat(world.condition("Reconciling").message()).contains("nothing speaks for it");
    world.after(Duration.ofMinutes(10)).settle();
    assertThat(world.phase()).isEqualTo("Held");
    world.command = "promote 1";
    world.settle();
    assertThat(world.stableNumber()).isEqualTo(2);
  }

  @Test
  void withoutAnyCheckTheDeadlineDecidesAsTheSpecSays() {
    onTrial(
        List.of(),
        new Rollout(
            null,
            null,
            List.of(new Step(10, null)),
            null,
            null,
            null,
            null,
            Undecided.ROLLBACK,
            null));
    world.after(Duration.ofMinutes(10)).pass();

    assertThat(world.phase()).isEqualTo("RolledBack");
  }

  @Test
  void podsThatDoNotAnswerGetNoRequestsAndAreRolledBack() {
    onTrial(CONVERSION, steps(10));
    world.sizes.put(version(2), new Size(1, false, 0, true));
    DeploymentPlan plan = world.pass();

    assertThat(plan.gateway()).isEqualTo(new GatewayStep.Write(Map.of(1, 100), true));
    assertThat(world.condition("Stalled").reason()).isEqualTo("PodsNotReady");
    assertThat(world.condition("Stalled").message()).contains("pods: 0 of 1 are ready");
  }

  @Test
  void aBakingCandidateHasAllRequestsUntilItsTimeIsOver() {
    onTrial(CONVERSION, new Rollout(null, null, List.of(), null, null, 300L, null, null, null));

    assertThat(world.phase()).isEqualTo("Baking");
    assertThat(weights()).isEqualTo(Map.of(1, 0, 2, 100));
    world.after(Duration.ofSeconds(300)).settle();
    assertThat(world.stableNumber()).isEqualTo(2);
  }

  @Test
  void aGatewayThatRefusesKeepsTheStepFromPassing() {
    onTrial(CONVERSION, steps(10));
    world.metrics.put("conversion", new MetricAnswer.Value(0.95));
    world.after(STEP);
    world.gateway = new GatewaySight.Present("late", Map.of(1, 90, 2, 10), true, "no listener");
    world.pass();

    assertThat(world.candidateWeight()).isEqualTo(10);
    assertThat(world.condition("Reconciling").message()).contains("no listener");
  }

  /** Asked for in the middle of a rollout, in a cluster that knows no GRPCRoutes. */
  @Test
  void aGrpcRouteThatCannotBeHadHoldsTheRolloutAndTheHttpRouteIsFollowedAllTheSame() {
    onTrial(CONVERSION, steps(10));
    world.gateway =
        new GatewaySight.Present(
            "late",
            Map.of(1, 90, 2, 10),
            true,
            "",
            new GatewaySight.Unavailable("GatewayAPIMissing", "no GRPCRoutes"));
    world.settle();
    assertThat(world.phase()).isEqualTo("Held");
    assertThat(world.condition("Stalled").message()).contains("no GRPCRoutes");

    world.gatewayLags = true;
    world.command = "rollback 1";
    DeploymentPlan plan = world.pass();

    assertThat(plan.gateway()).isEqualTo(new GatewayStep.Write(Map.of(1, 100), false));
    world.pass();
    world.pass();
    assertThat(world.running).as("the Gateway may still send requests").contains(version(2));
    world.gatewayLags = false;
    world.settle();
    assertThat(world.running).containsExactly(version(1));
  }

  @Test
  void withoutTheGatewayApiNothingIsHalfDone() {
    behindGateway(CONVERSION, steps(10)).record(1);
    world.gateway = new GatewaySight.Unavailable("GatewayAPIMissing", "install the CRDs");
    world.settle();

    assertThat(world.phase()).isEqualTo("Failed");
    assertThat(world.condition("Stalled").reason()).isEqualTo("GatewayAPIMissing");
    assertThat(world.running).isEmpty();
    world.gateway = new GatewaySight.Missing("late");
    world.settle().golden(counts(20, 0, 0, 0)).settle();
    assertThat(world.phase()).isEqualTo("Stable");
  }

  @Test
  void aGatewayApiThatIsGoneHoldsTheRolloutAndStableGoesOn() {
    onTrial(CONVERSION, steps(10));
    world.gateway = new GatewaySight.Unavailable("GatewayAPIMissing", "install the CRDs");
    DeploymentPlan plan = world.pass();

    assertThat(world.phase()).isEqualTo("Held");
    assertThat(plan.gateway()).isEqualTo(GatewayStep.NOTHING);
    assertThat(world.status.httpRoute()).as("it may come back").isEqualTo("late");
    assertThat(world.condition("Stalled").message()).contains("version 1 goes on serving");
  }

  @Test
  void backToTheRouterTheRouteGoes() {
    stable(CONVERSION, steps(10));
    world.edit(World.spec(null, Track.NEWEST, Rollout.DEFAULT, false));
    assertThat(world.pass().gateway()).isEqualTo(new GatewayStep.Remove());

    world.settle();
    assertThat(world.status.httpRoute()).isNull();
    assertThat(world.status.conditions()).hasSize(4);
  }

  private Map<Integer, Integer> weights() {
    return ((GatewaySight.Present) world.gateway).weights();
  }

  private void stable(List<PrometheusCheck> checks, Rollout rollout) {
    behindGateway(checks, rollout).stable(1);
  }

  private World behindGateway(List<PrometheusCheck> checks, Rollout rollout) {
    world.gateway = new GatewaySight.Missing("late");
    return world.edit(Specs.behindGateway(world.spec, checks, rollout));
  }

  /** Version 2, past its golden requests. */
  private void onTrial(List<PrometheusCheck> checks, Rollout rollout) {
    stable(checks, rollout);
    world.record(2).settle().golden(counts(20, 0, 0, 0)).settle();
    assertThat(world.candidateNumber()).isEqualTo(2);
  }

  private static Rollout steps(Integer... weights) {
    return new Rollout(
        null,
        null,
        List.of(weights).stream().map(weight -> new Step(weight, null)).toList(),
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
