package dev.firstday.operator.readiness;

import dev.firstday.api.Dataset;
import dev.firstday.api.ReadinessTestStatus.Point;
import dev.firstday.api.ReadinessTestStatus.Score;
import java.util.List;

/** The nine points of the ML Joel test (Macháček, 2018). */
final class Scorecard {
  private Scorecard() {}

  /** The points in order, without since when they stand so. */
  static List<Point> of(ReadinessObservation seen) {
    Tally<Dataset> datasets = new Tally<>("Dataset", seen.datasets());
    return List.of(
        point(
            1,
            "Analytics are versioned, tested and checked",
            AnalyticsPoints.versionedAndTested(datasets)),
        point(2, "Queries answer in under 10 minutes", AnalyticsPoints.fast(datasets)),
        point(3, "Queries on normalised data are found", AnalyticsPoints.normalisedData()),
        point(4, "Work done by hand says what to learn", AnalyticsPoints.workByHand()),
        point(5, "Ingestion is decoupled by events", AnalyticsPoints.ingestion(datasets)),
        point(6, "Data sets are versioned, tested and checked", DatasetPoint.findings(datasets)),
        point(
            7,
            "A return-constant baseline is computed first",
            BaselinePoint.findings(new Tally<>("TrainingJob", seen.trainings()), seen.models())),
        point(
            8,
            "Models are versioned, tested and checked",
            StoragePoint.findings(new Tally<>("Model", seen.models()), seen.now())),
        point(
            9,
            "There is a deployer and a debugger",
            DeliveryPoint.findings(new Tally<>("Deployment", seen.deployments()))));
  }

  private static Point point(int number, String name, List<Finding> findings) {
    return new Point(
        number,
        name,
        score(findings),
        findings.stream().map(Finding::evidence).toList(),
        findings.stream()
            .filter(finding -> !finding.isMet())
            .findFirst()
            .map(Finding::next)
            .orElse(null),
        null);
  }

  private static Score score(List<Finding> findings) {
    if (findings.stream().allMatch(Finding::isMet)) {
      return Score.PASS;
    }
    return findings.stream().anyMatch(Finding::isBegun) ? Score.PARTIAL : Score.FAIL;
  }
}
