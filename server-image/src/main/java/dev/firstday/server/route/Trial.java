package dev.firstday.server.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.api.Comparison;
import dev.firstday.api.GoldenResults;
import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.Distribution;
import dev.firstday.api.PairCheck;
import dev.firstday.contract.Routes;
import dev.firstday.server.http.Call;
import dev.firstday.server.http.RequestIds;
import dev.firstday.server.route.Verdict.Judged;
import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.ProtocolException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * One candidate beside one stable version, and what their answers to the same requests showed. It
 * begins when the router first sees the pair and ends with another pair.
 */
final class Trial {
  /** Up to it nothing is slow: the clock, the network and the collector take as much. */
  private static final long FLOOR_NANOS = 3_000_000;

  /** Some hours of a few requests a second, or some minutes of many. */
  private static final int REMEMBERED_REQUESTS = 10_000;

  private static final long REMEMBERED_BYTES = 8 << 20;

  private final LongSupplier nanoTime;
  private final String stableDigest;
  private final String candidateDigest;
  private final Latencies stableLatencies = new Latencies();
  private final WarmUp warmUp = new WarmUp();
  private final Tallies golden = Tallies.ofEveryRow();
  private final Tallies replay = Tallies.ofOneRow();
  private final Tallies live = Tallies.ofOneRow();
  private final KeyTurns turns = new KeyTurns();
  private final AtomicBoolean replays = new AtomicBoolean();
  private final Remembered remembered = new Remembered(REMEMBERED_REQUESTS, REMEMBERED_BYTES);
  private volatile AnswerNames names = AnswerNames.NONE;
  private volatile Tallies ofCases = Tallies.ofEveryRow();
  private volatile GoldenCases cases;
  private volatile ModelMetadata metadata;
  private volatile boolean over;
  private volatile String waits;

  /**
   * @param nanoTime a clock that only differences are taken of
   */
  Trial(Routes routes, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
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
    return metadata != null;
  }

  /**
   * @param version what the version that answers are compared with says of itself
   */
  void compareAs(ModelMetadata version) {
    names = AnswerNames.of(version);
    metadata = version;
  }

  /** Another pair has taken its place; its golden requests are not sent any more. */
  void end() {
    over = true;
  }

  boolean over() {
    return over;
  }

  /**
   * The golden cases that these routes ask for, if they are to be sent now: after the golden
   * requests, and anew when others are asked for.
   */
  synchronized Optional<GoldenCases> casesBegin(Routes current) {
    boolean none = current.golden() == null || current.golden().isEmpty();
    if (cases != null && !cases.areOf(current) && !(none && cases.results().done())) {
      cases = null;
    }
    if (none || cases != null || !golden.counts().done()) {
      return Optional.empty();
    }
    ofCases = Tallies.ofEveryRow();
    cases = new GoldenCases(current.golden(), metadata);
    return Optional.of(cases);
  }

  /** What came of the golden cases; null before they are sent. */
  GoldenResults caseResults() {
    GoldenCases sent = cases;
    return sent == null ? null : sent.results();
  }

  /** True once: captured requests are sent once in a trial, after the golden ones. */
  boolean replayBegins() {
    return golden.counts().done() && replays.compareAndSet(false, true);
  }

  /**
   * @param why its own requests cannot be sent at the moment; null: they can
   * @return whether that is news
   */
  boolean waitsFor(String why) {
    boolean news = !Objects.equals(waits, why);
    waits = why;
    return news;
  }

  String waits() {
    return waits;
  }

  void stableAnswered(Outcome outcome) {
    if (outcome.good()) {
      stableLatencies.add(outcome.nanos());
    }
  }

  /**
   * A request that both versions were sent; a caller's may get its labels later. Of a caller with a
   * key one counts in a while.
   */
  Verdict add(Source source, Routes routes, Call call, Outcome stable, Outcome candidate) {
    Verdict judgement = judge(routes).compare(stable, candidate);
    Verdict verdict = source.isOfCallers() ? warm(judgement) : judgement;
    boolean counts = source != Source.LIVE || takesTurn(call, verdict);
    if (counts) {
      add(tallies(source), routes, call, verdict);
    }
    if (source.isOfCallers() && verdict instanceof Judged judged && judged.labels().rows() > 0) {
      if (source == Source.LIVE) {
        remembered.add(call.id(), judged.labels(), counts);
      }
      if (counts && looksAtAnswers(checks(routes).distribution())) {
        tallies(source).addAnswers(call.id(), judged.labels(), names);
      }
    }
    return verdict;
  }

  /** What says nothing takes no turn from what does. */
  private boolean takesTurn(Call call, Verdict verdict) {
    return !(verdict instanceof Verdict.Nothing) && turns.take(call.key(), nanoTime.getAsLong());
  }

  /** A request that only the candidate was sent, since there is no stable version. */
  Verdict add(Source source, Routes routes, Call call, Outcome candidate) {
    return add(tallies(source), routes, call, judge(routes).alone(candidate));
  }

  private static Verdict add(Tallies tallies, Routes routes, Call call, Verdict verdict) {
    List<String> columns = Objects.requireNonNullElse(checks(routes).slices(), List.of());
    Slices slices =
        verdict instanceof Judged judged
            ? Slices.of(call, columns, judged.disagreement().compared())
            : Slices.NONE;
    tallies.add(call.id(), verdict, slices);
    return verdict;
  }

  private Judge judge(Routes routes) {
    Checks checks = checks(routes);
    return Judge.of(metadata, checks, slowNanos(checks));
  }

  private Verdict warm(Verdict verdict) {
    return verdict instanceof Judged judged
            && !warmUp.overBefore(nanoTime.getAsLong(), judged.faults().contains(PairCheck.SLOW))
        ? judged.untimed()
        : verdict;
  }

  private static boolean looksAtAnswers(Distribution distribution) {
    return distribution != null && distribution.action() != Action.IGNORE;
  }

  private static Checks checks(Routes routes) {
    return Objects.requireNonNullElse(routes.checks(), Checks.DEFAULT);
  }

  private long slowNanos(Checks checks) {
    double factor = Objects.requireNonNullElse(checks.slowFactor(), Checks.SLOW_FACTOR);
    OptionalLong quantile = stableLatencies.quantile();
    return quantile.isPresent()
        ? Math.max((long) (factor * quantile.getAsLong()), FLOOR_NANOS)
        : Judge.ANY_TIME;
  }

  /**
   * Holds what the versions answered to a caller's request against the truth.
   *
   * @param labels one a row
   * @return empty when that request's labels came before, or none of these is known
   * @throws ProtocolException 404 when the request is not remembered, 400 when the labels do not
   *     fit it
   */
  Optional<LabelPair.Truth> learn(String id, List<JsonNode> labels) {
    LabelPair pair = remembered.find(id).orElseThrow(() -> notRemembered(id));
    LabelPair.Truth truth = pair.heldAgainst(labels);
    boolean nothingKnown = labels.stream().allMatch(JsonNode::isNull);
    if (nothingKnown || !remembered.use(id)) {
      return Optional.empty();
    }
    if (remembered.counts(id)) {
      live.add(id, truth);
    }
    return Optional.of(truth);
  }

  /** The requests whose labels may still come. */
  Remembered remembered() {
    return remembered;
  }

  private ProtocolException notRemembered(String id) {
    return ProtocolException.notFound(
        ("request '%s' is not remembered by any router that can be asked: it was not compared (not every request is), or"
                + " not yet, or without its label; or it is not among the newest %d; or its router was killed. Its id is what"
                + " the answer's header %s says")
            .formatted(id, remembered.maxRequests(), RequestIds.HEADER));
  }

  /** There are no more of them to come. */
  void done(Source source) {
    tallies(source).done();
  }

  /** Over golden requests, and golden cases that both versions answer as expected. */
  Comparison golden() {
    Comparison requests = golden.counts();
    Comparison sum = requests.plus(ofCases.counts());
    return new Comparison(requests.done(), sum.requests(), sum.stableErrors(), sum.checks());
  }

  Comparison counts(Source source) {
    return tallies(source).counts();
  }

  private Tallies tallies(Source source) {
    return switch (source) {
      case GOLDEN -> golden;
      case CASES -> ofCases;
      case REPLAY -> replay;
      case LIVE -> live;
    };
  }

  String stableDigest() {
    return stableDigest;
  }

  String candidateDigest() {
    return candidateDigest;
  }
}
