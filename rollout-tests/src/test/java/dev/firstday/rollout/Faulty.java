package dev.firstday.rollout;

import dev.firstday.server.http.Call;
import dev.firstday.server.route.SimulatedVersion;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/**
 * A version with a fault.
 *
 * @param share of callers' requests that it shows in; golden ones are answered as they should be
 * @param fault makes another answer of the right one
 */
record Faulty(
    SimulatedVersion version,
    double share,
    BiFunction<Call, SimulatedVersion.Answer, SimulatedVersion.Answer> fault,
    SplittableRandom random)
    implements Altered {
  @Override
  public Answer infer(Call call) {
    Answer right = version.infer(call);
    boolean shown = !call.id().startsWith("golden-") && random.nextDouble() < share;
    return shown ? fault.apply(call, right) : right;
  }
}
