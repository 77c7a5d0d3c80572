package dev.firstday.operator.deployment;

import dev.firstday.api.GoldenCase;
import dev.firstday.api.ModelDeploymentSpec.Replay;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RouterReport;
import dev.firstday.contract.Routes;
import dev.firstday.contract.Routes.Backend;
import dev.firstday.operator.deployment.DeploymentObservation.Router;
import dev.firstday.operator.deployment.routing.RouterAnswer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The routes that follow from where the versions stand, and who follows them.
 *
 * @param recorded the revision that the status has
 */
record RoutesRules(Settings settings, DeploymentObservation seen, long recorded) {

  /** The routes, with the next revision if they say something new. */
  Routes routes(Rollout rollout) {
    int weight = settings.paired() ? rollout.weight(settings.weights()) : 0;
    int shadow =
        rollout.stage().isLive() && settings.paired()
            ? Math.max(weight, settings.shadowPercent())
            : 0;
    Backend stable = backend(rollout.stable(), 100 - weight);
    Backend candidate = rollout.stage().isRouted() ? backend(rollout.candidate(), weight) : null;
    Replay replay = rollout.stage() == Stage.REPLAY ? settings.replay() : null;
    List<GoldenCase> golden = rollout.stage() == Stage.GOLDEN ? CaseRules.sent(seen) : null;
    Routes present = seen.routes();
    boolean same =
        settings.model().equals(present.model())
            && Objects.equals(stable, present.stable())
            && Objects.equals(candidate, present.candidate())
            && shadow == present.shadowPercent()
            && settings.pairChecks().equals(present.checks())
            && Objects.equals(settings.capture(), present.capture())
            && Objects.equals(replay, present.replay())
            && Contract.write(golden).equals(Contract.write(present.golden()));
    long greatest =
        LongStream.concat(
                LongStream.of(recorded, present.revision()),
                seen.reports().stream().mapToLong(RouterReport::revision))
            .max()
            .orElse(0);
    boolean kept = same && present.revision() == greatest;
    return new Routes(
        settings.model(),
        kept ? greatest : greatest + 1,
        stable,
        candidate,
        shadow,
        settings.pairChecks(),
        settings.capture(),
        replay,
        golden);
  }

  /** Before there is anything to route. */
  Routes none() {
    return new Routes(
        settings.model(),
        recorded,
        null,
        null,
        0,
        settings.pairChecks(),
        settings.capture(),
        null,
        null);
  }

  /** Reports of the routers that follow the recorded routes with that pair of versions. */
  List<RouterReport> following(Rollout rollout) {
    return reportsOn(rollout).stream().filter(r -> r.revision() == recorded).toList();
  }

  /** Reports on that pair of versions, whatever weight the routers give them. */
  List<RouterReport> reportsOn(Rollout rollout) {
    return seen.reports().stream()
        .filter(r -> rollout.stable().digest().equals(Objects.toString(r.stableDigest(), "")))
        .filter(r -> rollout.candidate().digest().equals(Objects.toString(r.candidateDigest(), "")))
        .toList();
  }

  /** Router pods that have not confirmed these routes. */
  List<Router> behind(Routes routes) {
    return seen.routers().stream().filter(r -> !follows(r, routes)).toList();
  }

  private static boolean follows(Router router, Routes routes) {
    return router.answer() instanceof RouterAnswer.Reported reported
        && reported.report().revision() == routes.revision();
  }

  /** The version's backend, or null where it has no address and never had. */
  private Backend backend(Version version, int weight) {
    return version.exists()
        ? url(version)
            .map(url -> new Backend(version.number(), version.digest(), url, weight))
            .orElse(null)
        : null;
  }

  /** A Service that is being made anew keeps its old address in the routes until it has one. */
  private Optional<String> url(Version version) {
    String address = seen.predictorsOf(version).address();
    return address.isEmpty()
        ? Stream.of(seen.routes().stable(), seen.routes().candidate())
            .filter(Objects::nonNull)
            .filter(b -> version.digest().equals(b.digest()))
            .map(Backend::url)
            .findFirst()
        : Optional.of("http://" + address);
  }
}
