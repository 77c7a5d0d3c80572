package dev.firstday.server.route;

import dev.firstday.api.PairCheck;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a router counts for Prometheus: from zero on where labels are known beforehand, since nobody
 * could tell a count that is missing from one that has a new name, and no rate sees the first step
 * of one that appears with it.
 */
final class RouterMetrics {
  private static final double NANOS = 1e9;
  private static final int OK = 200;

  /** Of labels that came later it is counted who was right. */
  private static final Set<PairCheck> COUNTED = EnumSet.complementOf(EnumSet.of(PairCheck.LABELS));

  private static final String STABLE = "stable";
  private static final String CANDIDATE = "candidate";
  private static final String BOTH_OR_NEITHER = "both_or_neither";

  private final Counter requests;
  private final Map<Variant, Histogram.Child> latency = new EnumMap<>(Variant.class);
  private final Map<Variant, Counter.Child> answeredWell = new EnumMap<>(Variant.class);
  private final Counter retried;
  private final Counter compared;
  private final Counter dropped;
  private final Counter pairs;
  private final Counter bad;
  private final Counter feedback;
  private final Gauge revision;

  RouterMetrics(CollectorRegistry registry) {
    requests =
        Counter.build("firstday_router_requests_total", "Answers to callers.")
            .labelNames("variant", "code")
            .register(registry);
    Histogram backends =
        Histogram.build("firstday_router_backend_seconds", "Time a version took to answer.")
            .labelNames("variant")
            .buckets(.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10)
            .register(registry);
    for (Variant variant : Variant.values()) {
      latency.put(variant, backends.labels(variant.label()));
      answeredWell.put(variant, requests.labels(variant.label(), String.valueOf(OK)));
    }
    retried =
        Counter.build(
                "firstday_router_retried_total",
                "Requests that the candidate did not answer well and stable was asked again.")
            .register(registry);
    compared =
        Counter.build("firstday_router_compared_total", "Requests whose two answers were compared.")
            .register(registry);
    dropped =
        Counter.build(
                "firstday_router_shadow_dropped_total",
                "Comparisons left out because too many were under way.")
            .register(registry);
    pairs =
        Counter.build(
                "firstday_router_pairs_total",
                "Requests by which the candidate was judged: its golden ones, golden cases, captured ones, and callers'.")
            .labelNames("source")
            .register(registry);
    bad =
        Counter.build(
                "firstday_router_pair_bad_total",
                "What was bad among them: requests, or rows for disagreement and score.")
            .labelNames("source", "check")
            .register(registry);
    feedback =
        Counter.build(
                "firstday_router_feedback_rows_total",
                "Rows whose true label came later, by the version that alone was right.")
            .labelNames("right")
            .register(registry);
    for (Source source : Source.values()) {
      pairs.labels(source.word());
      COUNTED.forEach(check -> bad.labels(source.word(), check.word()));
    }
    Stream.of(STABLE, CANDIDATE, BOTH_OR_NEITHER).forEach(feedback::labels);
    revision =
        Gauge.build("firstday_router_routes_revision", "Revision of the routes in force.")
            .register(registry);
  }

  void answered(Variant variant, int code) {
    (code == OK
            ? answeredWell.get(variant)
            : requests.labels(variant.label(), String.valueOf(code)))
        .inc();
  }

  void took(Variant variant, Outcome outcome) {
    latency.get(variant).observe(outcome.nanos() / NANOS);
  }

  void retriedOnStable() {
    retried.inc();
  }

  void compared(Source source, Verdict verdict) {
    if (source == Source.LIVE) {
      compared.inc();
    }
    if (verdict instanceof Verdict.Judged judged) {
      String word = source.word();
      pairs.labels(word).inc();
      judged.faults().forEach(fault -> bad.labels(word, fault.word()).inc());
      bad.labels(word, PairCheck.DISAGREEMENT.word()).inc(judged.disagreement().countBad());
      bad.labels(word, PairCheck.SCORE.word()).inc(judged.score().countBad());
    }
  }

  void learnt(LabelPair.Truth truth) {
    feedback.labels(STABLE).inc(truth.stableAlone());
    feedback.labels(CANDIDATE).inc(truth.candidateAlone());
    feedback.labels(BOTH_OR_NEITHER).inc(truth.rows() - truth.telling());
  }

  void droppedShadow() {
    dropped.inc();
  }

  void follows(long routesRevision) {
    revision.set(routesRevision);
  }
}
