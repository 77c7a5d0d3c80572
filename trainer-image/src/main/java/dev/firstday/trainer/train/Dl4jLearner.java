package dev.firstday.trainer.train;

import dev.firstday.sdk.model.Graphs;
import dev.firstday.trainer.train.lstm.FastLstms;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's own learning, for every network that it knows. */
final class Dl4jLearner implements Learner {
  private final ComputationGraph network;
  private final long seed;

  /** For each number of rows that a batch has: made once and filled again and again. */
  private final Map<Integer, Arrays> arrays = new HashMap<>();

  private final FastLstms lstms;

  /** One whose layers are all DL4J's. */
  Dl4jLearner(ComputationGraph network, long seed) {
    this(network, seed, FastLstms.none());
  }

  /**
   * @param seed of dropout
   * @param lstms of the network; closed with this
   */
  Dl4jLearner(ComputationGraph network, long seed, FastLstms lstms) {
    this.network = network;
    this.seed = seed;
    this.lstms = lstms;
  }

  @Override
  public void beginEpoch(int epoch) {
    network.getConfiguration().setEpochCount(epoch - 1);
  }

  @Override
  public double step(int epoch, int number, Batch batch) {
    Arrays filled = arrays.computeIfAbsent(batch.rows(), rows -> Arrays.of(batch)).fill(batch);
    // dropout draws from this generator, whose position cannot be stored
    Nd4j.getRandom().setSeed(Learner.stepSeed(seed, epoch, number));
    weigh(filled.weights());
    network.fit(new INDArray[] {filled.features()}, new INDArray[] {filled.labels()});
    return network.score();
  }

  /** Puts weights into the network's loss, where there are any. */
  private void weigh(INDArray weights) {
    BaseOutputLayer output = Graphs.output(network).orElseThrow();
    if (output.getLossFn() instanceof WeightedLoss loss) {
      loss.weigh(weights);
    } else if (weights != null) {
      WeightedLoss loss = new WeightedLoss(output.getLossFn());
      loss.weigh(weights);
      output.setLossFn(loss);
    }
  }

  @Override
  public void publish() {
    // the network learns itself
  }

  @Override
  public State state() {
    INDArray updater = network.getUpdater().getStateViewArray();
    return new State(
        weights(),
        updater == null ? new float[0] : updater.data().asFloat(),
        network.getConfiguration().getIterationCount());
  }

  @Override
  public float[] weights() {
    return network.params().data().asFloat();
  }

  @Override
  public void restore(State state) {
    restoreWeights(state.weights());
    if (state.updater().length > 0) {
      try (INDArray updater = Nd4j.createFromArray(state.updater())) {
        network.getUpdater().getStateViewArray().assign(updater.reshape(1, state.updater().length));
      }
    }
    network.getConfiguration().setIterationCount(state.iterations());
  }

  @Override
  public void restoreWeights(float[] weights) {
    Learner.setWeights(network, weights);
  }

  @Override
  public void close() {
    BaseOutputLayer output = Graphs.output(network).orElseThrow();
    if (output.getLossFn() instanceof WeightedLoss weighted) {
      output.setLossFn(weighted.plain());
    }
    arrays.values().forEach(Arrays::close);
    lstms.close();
  }

  /**
   * A batch as DL4J takes it.
   *
   * @param weights null when all rows count alike
   */
  private record Arrays(INDArray features, INDArray labels, INDArray weights) {
    static Arrays of(Batch batch) {
      return new Arrays(
          create(batch.rows(), batch.features()),
          create(batch.rows(), batch.labels()),
          batch.isWeighted() ? create(batch.rows(), batch.weights()) : null);
    }

    private static INDArray create(int rows, float[] values) {
      return Nd4j.create(DataType.FLOAT, new long[] {rows, values.length / rows}, 'c');
    }

    Arrays fill(Batch batch) {
      put(batch.features(), features);
      put(batch.labels(), labels);
      if (weights != null) {
        put(batch.weights(), weights);
      }
      return this;
    }

    private static void put(float[] values, INDArray target) {
      ((FloatPointer) target.data().pointer()).put(values, 0, values.length);
    }

    void close() {
      features.close();
      labels.close();
      if (weights != null) {
        weights.close();
      }
    }
  }
}
