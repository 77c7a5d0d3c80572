package dev.firstday.rollout;

import dev.firstday.server.http.Call;
import dev.firstday.server.http.Reply;
import dev.firstday.server.route.SimulatedVersion;
import dev.firstday.server.v2.InferRequest;
import dev.firstday.server.v2.InferResponse;
import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.V2;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A version that says late or not by what the row is, but for some rows, and fails some requests.
 * Two with the same traits are equally good, whatever their random numbers.
 */
final class SyntheticVersion implements SimulatedVersion {
  private static final String LABEL = "late";
  private static final double SURE = 0.9;

  private final Traits traits;
  private final SplittableRandom random;
  private final List<byte[]> golden = new ArrayList<>();

  /**
   * @param contrary share of the rows that it answers the other way
   * @param errors share of the requests that it fails
   * @param medianNanos of an answer
   * @param spread of an answer's time: the deviation of its logarithm
   */
  record Traits(double contrary, double errors, double medianNanos, double spread) {}

  SyntheticVersion(Traits traits, SplittableRandom random, int goldenRequests) {
    this.traits = traits;
    this.random = random;
    SplittableRandom rows = new SplittableRandom(goldenRequests);
    for (int i = 0; i < goldenRequests; i++) {
      golden.add(Traffic.body("golden-" + i, 1, rows));
    }
  }

  @Override
  public ModelMetadata metadata() {
    return new ModelMetadata(
        Traffic.MODEL,
        List.of("1"),
        "synthetic",
        List.of(),
        List.of(),
        Map.of(ModelMetadata.Property.LABEL, LABEL));
  }

  @Override
  public List<byte[]> golden() {
    return golden;
  }

  @Override
  public Answer infer(Call call) {
    long nanos = (long) (traits.medianNanos() * Math.exp(traits.spread() * random.nextGaussian()));
    return random.nextDouble() < traits.errors()
        ? Answer.of(Reply.json(500, V2.error("out of luck")), nanos)
        : Answer.of(answer(call.id(), late(call)), nanos);
  }

  private boolean[] late(Call call) {
    boolean[] late = truth(call);
    for (int row = 0; row < late.length; row++) {
      late[row] ^= random.nextDouble() < traits.contrary();
    }
    return late;
  }

  /** What every version without contrary rows says. */
  static boolean[] truth(Call call) {
    var request = (InferRequest.Tensors) V2.readRequest(call.body().getBytes(), null);
    Tensor carriers = request.inputs().get(0);
    boolean[] truth = new boolean[carriers.rows()];
    for (int row = 0; row < truth.length; row++) {
      double distance = (double) request.inputs().get(2).element(row);
      truth[row] = (carriers.element(row).hashCode() + (int) distance) % 2 == 0;
    }
    return truth;
  }

  static Reply answer(String id, boolean[] late) {
    double[] probability = new double[late.length];
    for (int row = 0; row < late.length; row++) {
      probability[row] = late[row] ? SURE : 1 - SURE;
    }
    return answer(id, late, probability);
  }

  static Reply answer(String id, boolean[] late, double[] probability) {
    return Reply.of(
        V2.write(
            new InferResponse(
                Traffic.MODEL,
                "1",
                id,
                Map.of(),
                List.of(Tensor.booleans(LABEL, late), Tensor.doubles("probability", probability))),
            output -> output.equals("probability")));
  }
}
