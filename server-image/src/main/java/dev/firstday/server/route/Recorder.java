package dev.firstday.server.route;

import dev.firstday.api.PairCheck;
import dev.firstday.contract.Routes;
import dev.firstday.server.capture.CaptureSink;
import dev.firstday.server.capture.Captured;
import dev.firstday.server.http.Call;
import dev.firstday.server.route.Verdict.Judged;
import java.util.ArrayList;
import java.util.List;

/** Tells {@link Captures} of every request once, when all its answers are there. */
record Recorder(CaptureSink captures) {
  /** Beside the checks' names: the stable version failed what the candidate did not. */
  static final String STABLE_FAILED = "stableErrors";

  /** A request that one version alone was sent. */
  void one(Routes routes, Call call, Variant variant, Routes.Backend backend, Outcome outcome) {
    if (routes.capture() != null) {
      List<String> failed =
          !outcome.failed()
              ? List.of()
              : List.of(variant == Variant.STABLE ? STABLE_FAILED : PairCheck.ERRORS.word());
      captures.offer(
          routes.capture(), call, failed, () -> List.of(answer(variant, backend, outcome)));
    }
  }

  /** A request that both were sent. */
  void pair(Routes routes, Call call, Outcome stable, Outcome candidate, Verdict verdict) {
    if (routes.capture() != null) {
      captures.offer(
          routes.capture(),
          call,
          failed(verdict, stable, candidate),
          () ->
              List.of(
                  answer(Variant.STABLE, routes.stable(), stable),
                  answer(Variant.CANDIDATE, routes.candidate(), candidate)));
    }
  }

  private static List<String> failed(Verdict verdict, Outcome stable, Outcome candidate) {
    List<String> failed = new ArrayList<>();
    if (verdict instanceof Judged judged) {
      judged.faults().stream().map(PairCheck::word).sorted().forEach(failed::add);
      if (judged.disagreement().countBad() > 0) {
        failed.add(PairCheck.DISAGREEMENT.word());
      }
      if (judged.score().countBad() > 0) {
        failed.add(PairCheck.SCORE.word());
      }
      return failed;
    }
    if (candidate.failed()) {
      failed.add(PairCheck.ERRORS.word());
    }
    if (verdict instanceof Verdict.StableFailed || stable.failed()) {
      failed.add(STABLE_FAILED);
    }
    return failed;
  }

  private static Captured.Answer answer(Variant variant, Routes.Backend backend, Outcome outcome) {
    return outcome instanceof Outcome.Answered answered
        ? new Captured.Answer(
            variant.label(),
            backend.version(),
            backend.digest(),
            answered.status(),
            null,
            outcome.nanos(),
            answered.jsonLength(),
            answered.body())
        : new Captured.Answer(
            variant.label(),
            backend.version(),
            backend.digest(),
            null,
            ((Outcome.Unreachable) outcome).message(),
            outcome.nanos(),
            null,
            null);
  }
}
