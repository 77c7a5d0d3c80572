package dev.firstday.server.route;

import dev.firstday.contract.Routes;
import dev.firstday.server.http.Call;
import dev.firstday.server.http.Reply;
import dev.firstday.server.http.V2Service;
import dev.firstday.server.v2.Encoded;
import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.ServerMetadata;
import dev.firstday.server.v2.V2;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Answers callers with the version that the routes choose. What the candidate does not answer well
 * is asked of stable again, so that a bad candidate costs callers time, and never an error.
 */
final class RouterService implements V2Service {
  static final String VERSION_HEADER = "X-Firstday-Version";

  private final Trials trials;
  private final BackendClient stableClient;
  private final BackendClient candidateClient;
  private final Usability usability;
  private final Shadow shadow;
  private final RouterMetrics metrics;
  private final Recorder recorder;
  private final DoubleSupplier random;

  RouterService(
      Trials trials,
      BackendClient stableClient,
      BackendClient candidateClient,
      Usability usability,
      Shadow shadow,
      RouterMetrics metrics,
      Recorder recorder,
      DoubleSupplier random) {
    this.trials = trials;
    this.stableClient = stableClient;
    this.candidateClient = candidateClient;
    this.usability = usability;
    this.shadow = shadow;
    this.metrics = metrics;
    this.recorder = recorder;
    this.random = random;
  }

  @Override
  public ServerMetadata metadata() {
    return new ServerMetadata("firstday-router", "1", List.of(ServerMetadata.BINARY_TENSORS));
  }

  @Override
  public boolean ready() {
    return trials.routes().filter(r -> r.stable() != null || r.candidate() != null).isPresent();
  }

  @Override
  public List<String> models() {
    return trials.routes().map(Routes::model).stream().toList();
  }

  @Override
  public Future<Reply> modelMetadata(Call call) {
    Routes routes = trials.routesOf(call.model());
    Variant variant = variant(routes, call);
    return client(variant)
        .getModel(backend(routes, variant), call.model(), "")
        .map(
            outcome ->
                outcome.good() && call.version() == null
                    ? withVersions(outcome, routes)
                    : new Answer(outcome, variant, backend(routes, variant)).reply());
  }

  /** A version knows of itself only; callers may name each version in the routes. */
  private static Reply withVersions(Outcome outcome, Routes routes) {
    ModelMetadata own = V2.readModelMetadata(((Outcome.Answered) outcome).body().getBytes());
    List<String> versions =
        Stream.of(routes.stable(), routes.candidate())
            .filter(backend -> backend != null)
            .map(backend -> String.valueOf(backend.version()))
            .toList();
    return Reply.json(
        200,
        V2.write(
            new ModelMetadata(
                own.name(),
                versions,
                own.platform(),
                own.inputs(),
                own.outputs(),
                own.properties())));
  }

  @Override
  public Future<Reply> modelReady(Call call) {
    Routes routes = trials.routesOf(call.model());
    Variant variant = variant(routes, call);
    return client(variant)
        .getModel(backend(routes, variant), call.model(), "/ready")
        .map(outcome -> new Answer(outcome, variant, backend(routes, variant)).reply());
  }

  @Override
  public Future<Reply> infer(Call call) {
    Routes routes = trials.routesOf(call.model());
    Variant variant = variant(routes, call);
    Future<Answer> answer =
        call.version() != null || routes.stable() == null
            ? ask(routes, variant, call).onSuccess(given -> record(routes, call, given))
            : switch (variant) {
              case STABLE -> byStable(routes, call);
              case CANDIDATE -> byCandidate(routes, call);
            };
    return answer.map(
        given -> {
          Reply reply = given.reply();
          metrics.answered(given.variant(), reply.status());
          return reply;
        });
  }

  private Future<Answer> byStable(Routes routes, Call call) {
    Future<Asked> asked = askStable(routes, call);
    // the caller first: listeners are called in their order
    Future<Answer> answer = asked.map(Asked::answer);
    asked.onSuccess(stable -> shadow(routes, call, stable));
    return answer;
  }

  /** Whether stable answered well or not: else only the candidate's failures would be seen. */
  private void shadow(Routes routes, Call call, Asked stable) {
    boolean shadowed =
        routes.candidate() != null
            && random.getAsDouble() * 100 < routes.shadowPercent()
            && onTrial(routes, trial -> shadow.askCandidate(trial, routes, call, stable.first()));
    if (!shadowed) {
      record(routes, call, stable.answer());
    }
  }

  private Future<Answer> byCandidate(Routes routes, Call call) {
    return ask(routes, Variant.CANDIDATE, call)
        .compose(
            candidate ->
                usability
                    .of(candidate.outcome())
                    .compose(
                        usable ->
                            usable
                                ? Future.succeededFuture(besideStable(routes, call, candidate))
                                : byStableInstead(routes, call, candidate)));
  }

  private Answer besideStable(Routes routes, Call call, Answer candidate) {
    if (!onTrial(routes, trial -> shadow.askStable(trial, routes, call, candidate.outcome()))) {
      record(routes, call, candidate);
    }
    return candidate;
  }

  private Future<Answer> byStableInstead(Routes routes, Call call, Answer candidate) {
    metrics.retriedOnStable();
    return askStable(routes, call)
        .onSuccess(
            stable -> {
              if (!onTrial(
                  routes,
                  trial -> shadow.both(trial, routes, call, stable.first(), candidate.outcome()))) {
                recorder.pair(routes, call, stable.first(), candidate.outcome(), Verdict.NOTHING);
              }
            })
        .map(Asked::answer);
  }

  /** Whether the two versions are compared, and so recorded together. */
  private boolean onTrial(Routes routes, Predicate<Trial> compare) {
    return trials.trialOf(routes).filter(compare).isPresent();
  }

  private void record(Routes routes, Call call, Answer given) {
    recorder.one(routes, call, given.variant(), given.backend(), given.outcome());
  }

  /**
   * What stable answered.
   *
   * @param first how it took the request at first: what the candidate, which is asked once, is held
   *     against
   */
  private record Asked(Answer answer, Outcome first) {}

  /** A connection may break because a pod ends; the question is harmless to ask again. */
  private Future<Asked> askStable(Routes routes, Call call) {
    return ask(routes, Variant.STABLE, call)
        .compose(
            first -> {
              Future<Answer> answer =
                  first.outcome() instanceof Outcome.Unreachable broken && !broken.timedOut()
                      ? ask(newest(routes), Variant.STABLE, call)
                      : Future.succeededFuture(first);
              return answer.map(given -> new Asked(given, first.outcome()));
            })
        .onSuccess(
            stable ->
                trials
                    .trialOf(routes)
                    .ifPresent(trial -> trial.stableAnswered(stable.answer().outcome())));
  }

  /** Stable may have been replaced since the request came. */
  private Routes newest(Routes routes) {
    return trials.routes().filter(r -> r.stable() != null).orElse(routes);
  }

  private Future<Answer> ask(Routes routes, Variant variant, Call call) {
    return client(variant)
        .infer(backend(routes, variant), call)
        .onSuccess(outcome -> metrics.took(variant, outcome))
        .map(outcome -> new Answer(outcome, variant, backend(routes, variant)));
  }

  private Variant variant(Routes routes, Call call) {
    if (call.version() == null) {
      return Split.choose(routes, call.key(), random.getAsDouble())
          .orElseThrow(
              () ->
                  ProtocolException.unavailable(
                      "no version of '" + routes.model() + "' is ready to answer yet"));
    }
    for (Variant variant : Variant.values()) {
      Routes.Backend backend = backend(routes, variant);
      if (backend != null && String.valueOf(backend.version()).equals(call.version())) {
        return variant;
      }
    }
    throw ProtocolException.notFound(
        "version '"
            + call.version()
            + "' of '"
            + routes.model()
            + "' is not deployed; leave /versions/... out, or see GET /v2/models/"
            + routes.model());
  }

  private static Routes.Backend backend(Routes routes, Variant variant) {
    return switch (variant) {
      case STABLE -> routes.stable();
      case CANDIDATE -> routes.candidate();
    };
  }

  private BackendClient client(Variant variant) {
    return switch (variant) {
      case STABLE -> stableClient;
      case CANDIDATE -> candidateClient;
    };
  }

  /** How a version took a caller's request. */
  private record Answer(Outcome outcome, Variant variant, Routes.Backend backend) {
    Reply reply() {
      String version = String.valueOf(backend.version());
      if (outcome instanceof Outcome.Answered answered) {
        Map<String, String> headers = new HashMap<>();
        headers.put(VERSION_HEADER, version);
        if (answered.contentType() != null) {
          headers.put("Content-Type", answered.contentType());
        }
        if (answered.jsonLength() != null) {
          headers.put(Encoded.LENGTH_HEADER, answered.jsonLength());
        }
        return new Reply(answered.status(), headers, answered.body());
      }
      String why = ((Outcome.Unreachable) outcome).message();
      return Reply.error(
              ProtocolException.unavailable("version " + version + " cannot be reached: " + why))
          .with(VERSION_HEADER, version);
    }
  }
}
