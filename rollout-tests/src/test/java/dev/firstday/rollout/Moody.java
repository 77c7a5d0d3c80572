package dev.firstday.rollout;

import dev.firstday.server.http.Call;
import dev.firstday.server.route.SimulatedVersion;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/**
 * A version that is at odds with some of its callers for a while, and then with others: a session
 * that is broken, a row that is asked again and again. What happens to a caller's requests
 * meanwhile happens to all of them.
 *
 * @param share of the whiles of each caller
 * @param seed two versions with different ones are at odds at different times
 * @param fault makes another answer of the right one
 */
record Moody(
    SimulatedVersion version,
    SimulatedClock clock,
    double share,
    long seed,
    BiFunction<Call, SimulatedVersion.Answer, SimulatedVersion.Answer> fault)
    implements Altered {
  private static final double SECONDS = 8;

  @Override
  public Answer infer(Call call) {
    Answer right = version.infer(call);
    return call.key() != null && atOdds(call.key()) ? fault.apply(call, right) : right;
  }

  /** Each caller's whiles begin at another moment. */
  private boolean atOdds(String key) {
    SplittableRandom of = new SplittableRandom(seed + key.hashCode() * 31L);
    long turn = (long) Math.floor(clock.seconds() / SECONDS + of.nextDouble());
    return new SplittableRandom(of.nextLong() + turn).nextDouble() < share;
  }
}
