package dev.firstday.operator.deployment.routing;

import dev.firstday.contract.Routes;
import java.util.Collection;
import java.util.Map;

/** Talks to router pods. */
public interface RouterClient {
  /** What each router has seen, by address; all are asked at once. */
  Map<String, RouterAnswer> reports(Collection<String> addresses);

  /** Hands each router the routes, all at once; they answer with what they have seen. */
  Map<String, RouterAnswer> push(Collection<String> addresses, Routes routes);
}
