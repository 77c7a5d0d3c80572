package dev.firstday.server.route;

import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Decides which version answers a request. */
final class Split {
  private static final int HEX = 16;
  private static final int HASH_DIGITS = 8;

  private Split() {}

  /**
   * @param key the caller's key, or null
   * @param random uniform in [0, 1), for callers without a key
   * @return empty when no version answers yet
   */
  static Optional<Variant> choose(Routes routes, String key, double random) {
    Routes.Backend candidate = routes.candidate();
    boolean toCandidate = candidate != null && candidate.weight() > 0;
    if (routes.stable() == null) {
      return toCandidate ? Optional.of(Variant.CANDIDATE) : Optional.empty();
    }
    if (!toCandidate) {
      return Optional.of(Variant.STABLE);
    }
    double place = key == null ? random : place(key, candidate.digest());
    return Optional.of(place * 100 < candidate.weight() ? Variant.CANDIDATE : Variant.STABLE);
  }

  /**
   * Where in [0, 1) a key lies. Weights grow over it from below, so that a growing weight takes no
   * caller back; the digest shuffles the callers anew for every rollout.
   */
  private static double place(String key, String digest) {
    String hash = Contract.sha256((digest + '/' + key).getBytes(StandardCharsets.UTF_8));
    long head = Long.parseLong(hash.substring(0, HASH_DIGITS), HEX);
    return (double) head / (1L << (HASH_DIGITS * 4));
  }
}
