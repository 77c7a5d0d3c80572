package dev.firstday.operator.deployment;

import dev.firstday.api.Comparison;
import dev.firstday.contract.Routes;
import dev.firstday.operator.deployment.routing.RouterAnswer;
import dev.firstday.operator.deployment.routing.RouterClient;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Routers at every address, which see what the test says. */
final class FakeRouterClient implements RouterClient {
  private final Map<String, FakeRouter> routers = new LinkedHashMap<>();
  private boolean broken;

  /** While it is, every pass fails that asks a router. */
  synchronized void setBroken(boolean now) {
    broken = now;
  }

  @Override
  public synchronized Map<String, RouterAnswer> reports(Collection<String> addresses) {
    return answers(addresses, router -> {});
  }

  @Override
  public synchronized Map<String, RouterAnswer> push(Collection<String> addresses, Routes routes) {
    return answers(addresses, router -> router.follow(routes));
  }

  /** What every router has seen of the candidate of that digest, once it follows such routes. */
  synchronized boolean see(Version candidate, Comparison golden, Comparison live) {
    boolean follow =
        !routers.isEmpty()
            && routers.values().stream()
                .allMatch(
                    r ->
                        r.routes.candidate() != null
                            && r.routes.candidate().digest().equals(candidate.digest()));
    if (follow) {
      routers.values().forEach(r -> r.golden = golden);
      routers.values().forEach(r -> r.live = live);
    }
    return follow;
  }

  private Map<String, RouterAnswer> answers(
      Collection<String> addresses, Consumer<FakeRouter> first) {
    if (broken) {
      throw new IllegalStateException("a planted fault");
    }
    Map<String, RouterAnswer> answers = new LinkedHashMap<>();
    for (String address : addresses) {
      FakeRouter router = routers.computeIfAbsent(address, FakeRouter::new);
      first.accept(router);
      answers.put(address, router.answer());
    }
    return answers;
  }
}
