package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.AnomalyStrategy;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.trainer.check.drift.Anomaly;
import java.util.List;
import java.util.Objects;

/**
 * How unusual a number is among those that earlier runs of the same check observed.
 *
 * @param name of the check, by which its earlier outcomes are found
 * @param history how many of them count, the latest
 * @param minHistory how many there must be
 */
record Anomalous(Gauge gauge, String name, AnomalyStrategy strategy, int history, int minHistory)
    implements Measure {

  static Anomalous of(Gauge gauge, String name, DatasetCheck.Arguments arguments) {
    int history = arguments.history() == null ? 30 : arguments.history();
    int minHistory = arguments.minHistory() == null ? 10 : arguments.minHistory();
    if (minHistory < 2) {
      throw CheckFailures.invalidCheck(
          name, "arguments.minHistory: of fewer than 2 runs none is unusual");
    }
    if (history < minHistory) {
      throw CheckFailures.invalidCheck(
          name, "arguments.history is less than minHistory, so it would never judge");
    }
    return new Anomalous(
        gauge,
        name,
        arguments.strategy() == null ? AnomalyStrategy.ONLINE_NORMAL : arguments.strategy(),
        history,
        minHistory);
  }

  @Override
  public Step inquire(Subject subject) {
    Inquiry now = gauge.of(subject.table(), subject.now());
    return new Inquiry(
        now.questions(), answers -> judge((Reading) now.next().apply(answers), subject));
  }

  private Reading judge(Reading now, Subject subject) {
    if (now.value() == null) {
      return now;
    }
    List<Double> all =
        subject.history().stream()
            .flatMap(run -> run.outcomes().stream())
            .filter(outcome -> outcome.name().equals(name))
            .map(CheckOutcome::observed)
            .filter(Objects::nonNull)
            .toList();
    if (all.size() < minHistory) {
      // what was seen counts as history all the same
      return Reading.skipped(
              "%d of the %d earlier runs that it needs".formatted(all.size(), minHistory))
          .observing(now.value());
    }
    List<Double> seen = all.subList(Math.max(0, all.size() - history), all.size());
    return Reading.of(Anomaly.deviations(strategy, seen, now.value()), now.rows())
        .observing(now.value())
        .noting("among %d earlier runs".formatted(seen.size()));
  }
}
