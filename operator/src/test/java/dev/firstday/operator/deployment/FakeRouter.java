package dev.firstday.operator.deployment;

import dev.firstday.api.Comparison;
import dev.firstday.api.GoldenResults;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RouterReport;
import dev.firstday.contract.Routes;
import dev.firstday.operator.deployment.routing.RouterAnswer;
import java.util.List;
import java.util.Objects;

/** A router pod, with the counts that the test gives it. */
class FakeRouter {
  final String name;
  private int lives = 1;
  boolean silent;
  Routes routes = DeploymentObservation.NO_ROUTES;
  Comparison golden = Comparison.NONE;
  Comparison replay = Comparison.NONE;
  Comparison live = Comparison.NONE;
  GoldenResults cases = GoldenResults.NONE;
  String waits;
  List<String> unknownColumns;

  FakeRouter(String name) {
    this.name = name;
  }

  void follow(Routes offered) {
    if (offered.revision() > routes.revision()) {
      if (!pair(offered).equals(pair(routes))) {
        golden = Comparison.NONE;
        replay = Comparison.NONE;
        live = Comparison.NONE;
      }
      if (!Contract.write(offered.golden()).equals(Contract.write(routes.golden()))) {
        cases = GoldenResults.NONE;
      }
      routes = offered;
    }
  }

  void restart() {
    lives++;
    routes = DeploymentObservation.NO_ROUTES;
    golden = Comparison.NONE;
    replay = Comparison.NONE;
    live = Comparison.NONE;
    cases = GoldenResults.NONE;
  }

  RouterAnswer answer() {
    return silent
        ? new RouterAnswer.Silent("does not answer")
        : new RouterAnswer.Reported(
            new RouterReport(
                name + "#" + lives,
                routes.revision(),
                digest(routes.stable()),
                digest(routes.candidate()),
                golden,
                replay,
                live,
                cases,
                waits,
                unknownColumns));
  }

  private static List<String> pair(Routes routes) {
    return List.of(
        Objects.toString(digest(routes.stable())), Objects.toString(digest(routes.candidate())));
  }

  private static String digest(Routes.Backend backend) {
    return backend == null ? null : backend.digest();
  }
}
