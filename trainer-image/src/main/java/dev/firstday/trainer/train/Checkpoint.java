package dev.firstday.trainer.train;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.firstday.api.TrainingJobSpec.MetricName;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.evaluation.LossCurve;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
