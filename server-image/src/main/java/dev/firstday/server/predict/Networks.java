package dev.firstday.server.predict;

import dev.firstday.sdk.artefact.LoadedModel;
import dev.firstday.sdk.model.Task;
import java.util.Optional;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses how a version's network is run: in Java alone where that gives DL4J's answers. */
final class Networks {
  private static final Logger LOG = LoggerFactory.getLogger(Networks.class);
  private static final int PROBES = 64;

  private Networks() {}

  static MicroBatcher.Network of(LoadedModel model) {
    Optional<DenseForward> dense = DenseForward.of(model.network());
    if (dense.isEmpty()) {
      LOG.info("the network has layers that only DL4J runs");
      return model::predict;
    }
    MicroBatcher.Network forward = new InJava(dense.get(), model.task());
    if (agrees(forward, model)) {
      return forward;
    }
    LOG.warn("the network's dense layers answer otherwise than DL4J's; DL4J runs them");
    return model::predict;
  }

  /** Its loops do some multiplications a nanosecond. */
  private record InJava(DenseForward dense, Task task) implements MicroBatcher.Network {
    private static final long QUICK_MULTIPLICATIONS = 1 << 20;

    @Override
    public double[][] predict(float[] inputs, int rows) {
      return inLabelUnit(task, dense.run(inputs, rows), rows);
    }

    @Override
    public boolean isQuick(int rows) {
      return rows * dense.multiplicationsARow() <= QUICK_MULTIPLICATIONS;
    }
  }

  private static double[][] inLabelUnit(Task task, float[] outputs, int rows) {
    double[][] answers = new double[rows][];
    for (int row = 0; row < rows; row++) {
      answers[row] = new double[task.outputs()]; // all at once would be a call out of compiled code
      for (int i = 0; i < task.outputs(); i++) {
        float value = outputs[row * task.outputs() + i];
        answers[row][i] =
            task instanceof Task.Regression regression
                ? regression.mean() + regression.deviation() * value
                : value;
      }
    }
    return answers;
  }

  /** Asks both the same: rows as normalised inputs are spread. */
  private static boolean agrees(MicroBatcher.Network forward, LoadedModel model) {
    Random random = new Random(1);
    float[] inputs = new float[PROBES * model.features().width()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
    double[][] expected = model.predict(inputs, PROBES);
    double[][] given = forward.predict(inputs, PROBES);
    Closeness closeness = Closeness.of(model.task());
    for (int row = 0; row < PROBES; row++) {
      for (int i = 0; i < expected[row].length; i++) {
        if (!closeness.close(given[row][i], expected[row][i])) {
          return false;
        }
      }
    }
    return true;
  }
}
