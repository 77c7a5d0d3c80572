package dev.firstday.server.route;

import dev.firstday.api.Comparison;
import dev.firstday.contract.Routes;
import dev.firstday.server.v2.ModelMetadata;
import java.util.Objects;

/**
 * One candidate beside one stable version, and what their answers to the same requests showed. It
 * begins when the router first sees the pair and ends with another pair.
 */
final class Trial {
  private static final double DEFAULT_SLOW_FACTOR = 3;

  /** Below it nothing is slow: the clock, the network and the collector are as large. */
  private static final long FLOOR_NANOS = 1_000_000;

  private final String stableDigest;
  private final String candidateDigest;
  private final Latencies stableLatencies = new Latencies();
  private final Tally golden = new Tally();
  private final Tally live = new Tally();
  private volatile ModelMetadata stableMetadata;
  private volatile boolean over;

  Trial(Routes routes) {
    this.stableDigest = digest(routes.stable());
    this.candidateDigest = digest(routes.candidate());
  }

  boolean isOf(Routes routes) {
    return Objects.equals(stableDigest, digest(routes.stable()))
        && Objects.equals(candidateDigest, digest(routes.candidate()));
  }

  private static String digest(Routes.Backend backend) {
    return backend == null ? null : backend.digest();
  }

  /** Whether answers can be compared: it is known which output is the label, and its deviation. */
  boolean comparing() {
    return stableMetadata != null;
  }

  void compareAs(ModelMetadata stable) {
    stableMetadata = stable;
  }

  /** Another pair has taken its place; its golden requests are not sent any more. */
  void end() {
    over = true;
  }

  boolean over() {
    return over;
  }

  void stableAnswered(Outcome outcome) {
    if (outcome.good()) {
      stableLatencies.add(outcome.nanos());
    }
  }

  void addGolden(Routes routes, Outcome stable, Outcome candidate) {
    add(golden, routes, stable, candidate);
  }

  void addLive(Routes routes, Outcome stable, Outcome candidate) {
    add(live, routes, stable, candidate);
  }

  private void add(Tally tally, Routes routes, Outcome stable, Outcome candidate) {
    Judge.Verdict verdict = Judge.of(stableMetadata, routes).compare(stable, candidate);
    tally.add(verdict, verdict.counted() && !verdict.candidateError() && slow(routes, candidate));
  }

  private boolean slow(Routes routes, Outcome candidate) {
    Double asked = routes.checks() == null ? null : routes.checks().slowFactor();
    double factor = asked == null ? DEFAULT_SLOW_FACTOR : asked;
    var quantile = stableLatencies.quantile();
    return quantile.isPresent()
        && candidate.nanos() > factor * Math.max(quantile.getAsLong(), FLOOR_NANOS);
  }

  /** A golden request that only the candidate was sent, since there is no stable version. */
  void addGolden(Outcome candidate) {
    boolean usable = Judge.usable(candidate);
    golden.add(
        new Judge.Verdict(true, false, !usable, usable ? Judge.rows(candidate) : 0, 0), false);
  }

  void goldenDone() {
    golden.done();
  }

  Comparison golden() {
    return golden.counts();
  }

  Comparison live() {
    return live.counts();
  }

  String stableDigest() {
    return stableDigest;
  }

  String candidateDigest() {
    return candidateDigest;
  }
}
