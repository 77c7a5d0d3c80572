package dev.firstday.operator.deployment.canary;

import dev.firstday.api.AnswerShares;
import dev.firstday.api.AnswerShares.Share;
import dev.firstday.api.Comparison;
import dev.firstday.api.Comparison.Tally;
import dev.firstday.api.GoldenResults;
import dev.firstday.contract.RouterReport;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What routers have counted of a pair of versions.
 *
 * @param routers how many follow the current routes now
 * @param golden the worst of what each of them saw on the same golden requests: sent by two routers
 *     they are no more evidence than sent by one
 * @param replay what one of them saw on the captured requests, which all of them send alike
 * @param live over callers' requests, of which each passed one router; of routers that are gone,
 *     too
 * @param cases what came of the Model's golden cases, by the router that has the worst to tell
 * @param waits what keeps a router from sending golden or captured requests; empty: nothing does
 */
public record Evidence(
    int routers,
    Comparison golden,
    Comparison replay,
    Comparison live,
    GoldenResults cases,
    String waits) {

  /**
   * @param reports of routers that follow the current routes, on one pair of versions
   * @param counts what all routers counted since the pair is on trial
   */
  public static Evidence of(List<RouterReport> reports, Counts counts) {
    return new Evidence(
        reports.size(),
        reports.stream().map(RouterReport::golden).reduce(Evidence::worst).orElse(Comparison.NONE),
        exemplified(
            counts.replay(),
            reports.stream()
                .filter(report -> report.instance().equals(counts.replayed().instance()))
                .map(RouterReport::replay)),
        exemplified(counts.live(), reports.stream().map(RouterReport::live)),
        reports.stream()
            .map(RouterReport::cases)
            .reduce(Evidence::worst)
            .orElse(GoldenResults.NONE),
        reports.stream().map(RouterReport::waits).filter(Objects::nonNull).findFirst().orElse(""));
  }

  /** With the newest examples, of which a status keeps few and routers tell more. */
  private static Comparison exemplified(Comparison counts, Stream<Comparison> told) {
    Comparison newest = told.reduce(Comparison.NONE, Comparison::plus);
    Map<String, Tally> tallies = new TreeMap<>(counts.checks());
    tallies.replaceAll(
        (name, tally) ->
            tally.withExamples(Comparison.newest(newest.tally(name).examples(), tally.examples())));
    Map<String, Share> shares = new TreeMap<>(counts.answers().shares());
    shares.replaceAll(
        (answer, share) ->
            share.withExamples(
                Comparison.newest(
                    newest.answers().shares().getOrDefault(answer, Share.NONE).examples(),
                    share.examples())));
    return counts.with(tallies, new AnswerShares(counts.answers().rows(), shares));
  }

  /** All that a candidate was compared by beside its golden requests: it is one sequence. */
  public Comparison pairs() {
    return replay.plus(live);
  }

  /** What a router waits for, to be put behind a sentence; empty when it does not. */
  public String waiting() {
    return waits.isEmpty() ? "" : "; waiting: " + waits;
  }

  /** Whether anybody counts. */
  public boolean exists() {
    return routers > 0;
  }

  private static GoldenResults worst(GoldenResults one, GoldenResults other) {
    GoldenResults worst = one.failed() >= other.failed() ? one : other;
    return new GoldenResults(
        one.done() && other.done(),
        Math.max(one.cases(), other.cases()),
        Math.min(one.passed(), other.passed()),
        worst.failed(),
        worst.faults());
  }

  private static Comparison worst(Comparison one, Comparison other) {
    Map<String, Tally> worst = new TreeMap<>(one.checks());
    other.checks().forEach((name, tally) -> worst.merge(name, tally, Evidence::worst));
    return new Comparison(
        one.done() && other.done(),
        Math.max(one.requests(), other.requests()),
        Math.max(one.stableErrors(), other.stableErrors()),
        worst);
  }

  private static Tally worst(Tally one, Tally other) {
    return one.bad() >= other.bad() ? one : other;
  }
}
