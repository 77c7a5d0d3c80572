package dev.firstday.trainer.train;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.Contract;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.evaluation.LossCurve;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Training between two steps: all that the rest of it depends on. Its bytes are
 *
 * <pre>
 * ASCII    sha256 of what follows, in hex
 * int      length of the header
 * UTF-8    the header, JSON
 * float... the network's weights, the optimiser's state, the weights of the best epoch
 * </pre>
 *
 * all big-endian. It holds numbers only, and nothing that is ever executed.
 */
record Checkpoint(Progress progress, Learner.State learner) {
  private static final int DIGEST = 64;

  /** An array holds no more; for the header 16 MiB are left, which is a curve of 200,000 epochs. */
  private static final long MOST_FLOATS = (Integer.MAX_VALUE - 16L * 1024 * 1024) / Float.BYTES;

  /**
   * Says before training whether what it has to keep will fit.
   *
   * @throws RunFailure NetworkTooLarge
   */
  static void requireRoom(ComputationGraph network, Cure cure) {
    requireRoom(network.numParams(), stateOf(network), cure);
  }

  /** How many numbers the optimiser will keep. */
  static long stateOf(ComputationGraph network) {
    return Arrays.stream(network.getLayers())
        .flatMap(layer -> layer.paramTable().entrySet().stream().map(e -> stateOf(layer, e)))
        .mapToLong(Long::longValue)
        .sum();
  }

  /**
   * @param state numbers that the optimiser keeps
   */
  static void requireRoom(long weights, long state, Cure cure) {
    // the weights of the best epoch are kept, too
    long floats = 2 * weights + state;
    if (floats > MOST_FLOATS) {
      throw new RunFailure(
          "NetworkTooLarge",
          "the network has %,d weights and its optimiser keeps %,d numbers beside them, so that a checkpoint takes %,d MiB, and %,d MiB is the most: make its layers narrower, or take an optimiser that keeps less (adam keeps two numbers a weight, nesterovs and rmsProp one, sgd none)"
              .formatted(
                  weights, state, floats * Float.BYTES >> 20, MOST_FLOATS * Float.BYTES >> 20),
          cure);
    }
  }

  private static long stateOf(Layer layer, Map.Entry<String, INDArray> weights) {
    IUpdater updater = layer.getConfig().getUpdaterByParam(weights.getKey());
    return updater == null ? 0 : updater.stateSize(weights.getValue().length());
  }

  /**
   * @param of digest of what is trained on what; a checkpoint of anything else is none
   */
  byte[] write(String of) {
    float[] weights = learner.weights();
    float[] updater = learner.updater();
    float[] kept = progress.kept();
    byte[] header =
        Contract.write(
                new Header(
                    of,
                    progress.patience(),
                    progress.steps(),
                    progress.lossSum(),
                    learner.iterations(),
                    progress.keptMetrics(),
                    progress.curve(),
                    weights.length,
                    updater.length,
                    kept.length))
            .getBytes(StandardCharsets.UTF_8);
    long floats = (long) weights.length + updater.length + kept.length;
    ByteBuffer bytes =
        ByteBuffer.allocate(
            Math.toIntExact(DIGEST + Integer.BYTES + header.length + Float.BYTES * floats));
    bytes.position(DIGEST);
    bytes.putInt(header.length).put(header);
    bytes.asFloatBuffer().put(weights).put(updater).put(kept);
    bytes.put(0, digest(bytes.array()));
    return bytes.array();
  }

  /**
   * What was written.
   *
   * @param of as it was written
   * @return empty when the bytes are another's, or not as they were written
   */
  static Optional<Checkpoint> read(byte[] bytes, String of) {
    if (bytes.length < DIGEST || !Arrays.equals(bytes, 0, DIGEST, digest(bytes), 0, DIGEST)) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).position(DIGEST);
    byte[] json = new byte[buffer.getInt()];
    buffer.get(json);
    Header header = Contract.read(new String(json, StandardCharsets.UTF_8), Header.class);
    return header.of().equals(of)
        ? Optional.of(header.with(buffer.asFloatBuffer()))
        : Optional.empty();
  }

  private static byte[] digest(byte[] bytes) {
    return Contract.sha256(bytes, DIGEST).getBytes(StandardCharsets.US_ASCII);
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Header(
      String of,
      Patience patience,
      int steps,
      double lossSum,
      int iterations,
      Map<MetricName, Double> keptMetrics,
      List<LossCurve.Point> curve,
      int weights,
      int updater,
      int kept) {

    Checkpoint with(FloatBuffer floats) {
      Learner.State learner =
          new Learner.State(next(floats, weights), next(floats, updater), iterations);
      return new Checkpoint(
          new Progress(patience, steps, lossSum, next(floats, kept), keptMetrics, curve), learner);
    }

    private static float[] next(FloatBuffer floats, int count) {
      float[] numbers = new float[count];
      floats.get(numbers);
      return numbers;
    }
  }
}
