package dev.firstday.operator.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.ReadinessTest;
import dev.firstday.api.ReadinessTestStatus;
import dev.firstday.api.ReadinessTestStatus.Point;
import dev.firstday.api.ReadinessTestStatus.Score;
import dev.firstday.api.TrainingJob;
import dev.firstday.operator.Samples;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.kube.Standing;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadinessPlannerTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final ReadinessTest test = Samples.readiness("ns", "score");
  private final Map<String, String> resources =
      List.of("dataset", "trainingjob", "model", "deployment").stream()
          .collect(Collectors.toMap(name -> name, ReadinessPlannerTest::resource));

  @BeforeEach
  void seen() {
    test.getMetadata().setGeneration(1L);
  }

  @Test
  void anEmptyNamespaceFailsAllAndSaysWhereToBegin() {
    resources.clear();
    ReadinessTestStatus status = pass(NOON).status();
    assertThat(status.points()).hasSize(9).extracting(Point::score).containsOnly(Score.FAIL);
    assertThat(status.summary()).isEqualTo("0/9");
    assertThat(point(status, 6).next()).isEqualTo("apply a Dataset");
    assertThat(point(status, 7).evidence())
        .contains("a result beside that of the best constant: there is no TrainingJob");
    assertThat(status.holds(Standing.READY)).isTrue();
  }

  @Test
  void whatIsAllThereIsCitedWithNamesFiguresAndDates() {
    ReadinessTestStatus status = pass(NOON).status();
    assertThat(status.points())
        .extracting(Point::score)
        .containsExactly(
            Score.PARTIAL,
            Score.PARTIAL,
            Score.FAIL,
            Score.FAIL,
            Score.PARTIAL,
            Score.PASS,
            Score.PASS,
            Score.PASS,
            Score.PARTIAL);
    assertThat(status.conditions().get(0).message())
        .isEqualTo("points 6, 7, 8 pass; points 1, 2, 5, 9 pass in part; points 3, 4 fail");
    assertThat(point(status, 2).evidence())
        .contains("a last run of less than 10 minutes: 1 of 1 Dataset (flights: 13 s)");
    assertThat(point(status, 6).evidence())
        .contains(
            "a version that its checks passed: 1 of 1 Dataset (flights: version 3 of 2026-01-01T04:00:13Z)",
            "sanity checks (spec.checks, spec.dqdl): 1 of 1 Dataset (flights: 14/14 passed)");
    assertThat(point(status, 7).evidence())
        .contains(
            "a result beside that of the best constant: 1 of 1 TrainingJob"
                + " (late: logLoss=0.4858, the constant logLoss=0.5299)");
    assertThat(point(status, 8).next()).isNull();
  }

  /** Each point depends on each thing it asks for: what is taken away costs it the pass. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dataset     | latest: {number: 3, recordedAt: "2026-01-01T04:00:13Z"} |                        | 6 | firstday why dataset flights
          dataset     | tests: [{name: one}]                     |                                       | 6 | give Dataset flights spec.tests
          dataset     | checks: [{metric: rowCount, mustBeGreaterThan: 1000}] |                          | 6 | give Dataset flights spec.checks
          dataset     | refresh: {schedule: 0 4 * * *}           | refresh: {onChange: {everyMinutes: 5}} | 6 | spec.refresh.schedule
          dataset     | type: Ready, status: "True"              | type: Ready, status: "False"          | 6 | firstday why dataset flights
          dataset     | type: Stalled, status: "False"           | type: Stalled, status: "True"         | 6 | firstday why dataset flights
          trainingjob | , baseline: 0.5299                       |                                       | 7 | firstday why trainingjob late
          trainingjob | mustBeatBaselineBy: 0.01                 | mustBeAtMost: 0.5                     | 7 | mustBeatBaselineBy
          model       | , validationDigest: b2                   |                                       | 8 | record a version of Model late
          model       | golden: [{name: evening, inputs: {hour: 17}, expect: {label: true}}] | golden: [] | 8 | spec.golden
          model       | inspectedAt: "2026-01-01T05:00:00Z"      | inspectedAt: "2025-12-30T11:00:00Z"   | 8 | firstday model verify late
          model       | digest: d2,                              | 'digest: d2, fault: DigestMismatch,'  | 8 | firstday why model late
          """)
  void aPointPassesOnlyWithAllThatItAsksFor(
      String kind, String given, String instead, int number, String next) {
    assertThat(point(pass(NOON).status(), number).score()).isEqualTo(Score.PASS);
    edit(kind, given, instead == null ? "" : instead);
    Point point = point(pass(NOON).status(), number);
    assertThat(point.score()).isEqualTo(Score.PARTIAL);
    assertThat(point.next()).contains(next);
  }

  @Test
  void aRunOfTenMinutesIsTooLong() {
    edit("dataset", "finishedAt: \"2026-01-01T04:00:13Z\"", "finishedAt: \"2026-01-01T04:10:00Z\"");
    assertThat(point(pass(NOON).status(), 2).score()).isEqualTo(Score.FAIL);
    edit("dataset", "finishedAt: \"2026-01-01T04:10:00Z\"", "finishedAt: \"2026-01-01T04:09:59Z\"");
    assertThat(point(pass(NOON).status(), 2).score()).isEqualTo(Score.PARTIAL);
  }

  @Test
  void aVersionThatMeetsCallersUntriedIsToldOf() {
    edit("deployment", "capture: {}", "capture: {}, rollout: {steps: []}");
    Point point = point(pass(NOON).status(), 9);
    assertThat(point.next()).contains("meets callers untried");
    assertThat(point.evidence())
        .contains("a rollout that can fail (spec.rollout): 0 of 1 Deployment; not late");
  }

  @Test
  void aSecondPassSaysTheSame() {
    ReadinessTestStatus first = pass(NOON).status();
    test.setStatus(first);
    ReadinessPlan second = pass(NOON.plusSeconds(60));
    assertThat(second.status()).isEqualTo(first);
    assertThat(second.events()).isEmpty();
  }

  @Test
  void pointsThatAreLostAndGainedAreToldOnce() {
    test.setStatus(pass(NOON).status());
    edit("trainingjob", "mustBeatBaselineBy: 0.01", "mustBeAtMost: 0.5");
    Instant later = NOON.plus(Duration.ofHours(1));
    ReadinessPlan lost = pass(later);
    assertThat(lost.events()).singleElement().extracting(EventDraft::reason).isEqualTo("PointLost");
    assertThat(lost.events().get(0).message())
        .startsWith("point 7, A return-constant baseline is computed first: partial, it was pass");
    assertThat(point(lost.status(), 7).since()).isEqualTo(later);
    assertThat(point(lost.status(), 6).since()).isEqualTo(NOON);

    test.setStatus(lost.status());
    assertThat(pass(later).events()).isEmpty();
    edit("trainingjob", "mustBeAtMost: 0.5", "mustBeatBaselineBy: 0.01");
    assertThat(pass(later).events())
        .singleElement()
        .extracting(EventDraft::reason)
        .isEqualTo("PointGained");
  }

  @Test
  void aRunThatIsUnderWayLosesNothingThatTheOneBeforeItHasShown() {
    test.setStatus(pass(NOON).status());
    resources.put(
        "trainingjob",
        resources.get("trainingjob").split("  result:")[0]
            + "  conditions: [{type: Reconciling, status: \"True\"}]\n");
    edit(
        "model",
        "number: 2, dataset",
        "number: 2, headline: logLoss=0.4858, baselineHeadline: logLoss=0.5299, dataset");
    ReadinessPlan training = pass(NOON.plusSeconds(60));

    assertThat(training.events()).isEmpty();
    assertThat(point(training.status(), 7).evidence())
        .contains(
            "a result beside that of the best constant: 1 of 1 TrainingJob"
                + " (late: late/2: logLoss=0.4858, the constant logLoss=0.5299,"
                + " while the next run is under way)");

    edit("trainingjob", "type: Reconciling", "type: Stalled");
    assertThat(pass(NOON.plusSeconds(90)).events())
        .extracting(EventDraft::reason)
        .containsExactly("PointLost");
  }

  @Test
  void passesThatFailKeepTheScore() {
    ReadinessTestStatus known = pass(NOON).status();
    test.setStatus(known);
    ReadinessTestStatus failing =
        ReadinessPlanner.failing(
            test, Standing.reconciling("OperatorFailing", "tries again").whileReady(), NOON);
    assertThat(failing.points()).isEqualTo(known.points());
    assertThat(failing.holds(Standing.RECONCILING)).isTrue();
  }

  private ReadinessPlan pass(Instant now) {
    return ReadinessPlanner.plan(
        test,
        new ReadinessObservation(
            read("dataset", Dataset.class),
            read("trainingjob", TrainingJob.class),
            read("model", Model.class),
            read("deployment", ModelDeployment.class),
            now));
  }

  private void edit(String kind, String given, String instead) {
    assertThat(resources.get(kind)).contains(given);
    resources.put(kind, resources.get(kind).replace(given, instead));
  }

  private <R> List<R> read(String kind, Class<R> type) {
    return resources.containsKey(kind)
        ? List.of(Serialization.unmarshal(resources.get(kind), type))
        : List.of();
  }

  private static Point point(ReadinessTestStatus status, int number) {
    return status.points().get(number - 1);
  }

  private static String resource(String kind) {
    try (var stream =
        ReadinessPlannerTest.class.getResourceAsStream("/readiness/" + kind + ".yaml")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
