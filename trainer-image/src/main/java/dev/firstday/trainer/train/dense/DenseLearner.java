package dev.firstday.trainer.train.dense;

import dev.firstday.trainer.train.Batch;
import dev.firstday.trainer.train.Learner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Teaches networks of dense layers with BLAS alone: the same arithmetic as DL4J's, several times as
 * fast on small networks, and on all processors. A batch is divided into {@link Shard}s, by its
 * size and not by the number of processors, and their gradients are added in one order: so the
 * numbers are the same on any machine whose BLAS has the same kernels.
 */
public final class DenseLearner implements Learner {
  private static final int ROWS_OF_A_SHARD = 64;
  private static final int MOST_SHARDS = 16;

  /** Each shard has a gradient of its own, which takes memory and time to add. */
  private static final int MOST_NUMBERS_OF_SHARDS = 1 << 25;

  private static final int CHUNK = 4096;

  private final ComputationGraph network;
  private final DenseShape shape;
  private final long seed;
  private final Numbers weights;
  private final List<Numbers> moments;
  private final List<Chunk> chunks;
  private final ForkJoinPool pool;
  private List<Shard> shards = List.of();
  private int iterations;

  private DenseLearner(ComputationGraph network, DenseShape shape, long seed, int threads) {
    this.network = network;
    this.shape = shape;
    this.seed = seed;
    this.pool = new ForkJoinPool(threads);
    this.weights = Numbers.filled(shape, 0);
    this.moments =
        IntStream.range(0, shape.optimiser().moments())
            .mapToObj(i -> Numbers.filled(shape, shape.optimiser().initial()))
            .toList();
    this.chunks = chunks(shape, weights);
    weights.read(network.params().data().asFloat(), 0);
  }

  /**
   * A learner that begins with the network's weights; empty when the network has anything but dense
   * layers, losses and updaters that are known here.
   *
   * @param seed of dropout
   * @param threads that learn at once
   */
  public static Optional<DenseLearner> of(ComputationGraph network, long seed, int threads) {
    return DenseShape.of(network).map(shape -> new DenseLearner(network, shape, seed, threads));
  }

  /** Some neighbouring numbers of one array, which one thread updates. */
  private record Chunk(int array, int from, int to, double l1, double l2) {}

  private static List<Chunk> chunks(DenseShape shape, Numbers weights) {
    List<Chunk> chunks = new ArrayList<>();
    for (int array = 0; array < weights.arrays().size(); array++) {
      DenseShape.Layer layer = shape.layers().get(array / 2);
      boolean isBias = array % 2 == 1;
      int length = weights.arrays().get(array).length;
      for (int from = 0; from < length; from += CHUNK) {
        chunks.add(
            new Chunk(
                array,
                from,
                Math.min(length, from + CHUNK),
                isBias ? 0 : layer.l1(),
                isBias ? 0 : layer.l2()));
      }
    }
    return chunks;
  }

  @Override
  public void beginEpoch(int epoch) {
    // each step is told
  }

  @Override
  public double step(int epoch, int number, Batch batch) {
    List<Shard> parts = shardsOf(batch.rows());
    long stepSeed = Learner.stepSeed(seed, epoch, number);
    double loss =
        sum(
            parts.size(),
            i -> {
              int from = (int) ((long) batch.rows() * i / parts.size());
              int to = (int) ((long) batch.rows() * (i + 1) / parts.size());
              long seedOfShard = stepSeed * MOST_SHARDS + i;
              return parts.get(i).learn(weights, batch, from, to - from, seedOfShard);
            });
    iterations++;
    Optimiser.Step step = shape.optimiser().step(iterations, epoch);
    double penalty = sum(chunks.size(), i -> update(chunks.get(i), parts, 1f / batch.rows(), step));
    return loss / batch.rows() + penalty;
  }

  /** Adds in the order of the indices, whoever is done first. */
  private double sum(int count, IntToDoubleFunction part) {
    double[] parts =
        pool.submit(() -> IntStream.range(0, count).parallel().mapToDouble(part).toArray()).join();
    double sum = 0;
    for (double each : parts) {
      sum += each;
    }
    return sum;
  }

  private List<Shard> shardsOf(int rows) {
    int byRows = Math.min(MOST_SHARDS, (rows + ROWS_OF_A_SHARD - 1) / ROWS_OF_A_SHARD);
    int byMemory = Math.max(2, MOST_NUMBERS_OF_SHARDS / shape.size());
    int count = Math.min(rows, Math.min(byRows, byMemory));
    int capacity = (rows + count - 1) / count;
    if (shards.size() < count || shards.get(0).capacity() < capacity) {
      shards = IntStream.range(0, count).mapToObj(i -> new Shard(shape, capacity)).toList();
    }
    return shards.subList(0, count);
  }

  /**
   * Adds the shards' gradients and moves the weights.
   *
   * @return the penalties before
   */
  private double update(Chunk chunk, List<Shard> parts, float share, Optimiser.Step step) {
    float[] all = weights.arrays().get(chunk.array());
    float[] gradient = parts.get(0).gradient().arrays().get(chunk.array());
    for (Shard other : parts.subList(1, parts.size())) {
      float[] more = other.gradient().arrays().get(chunk.array());
      for (int i = chunk.from(); i < chunk.to(); i++) {
        gradient[i] += more[i];
      }
    }
    for (int i = chunk.from(); i < chunk.to(); i++) {
      gradient[i] *= share;
    }
    double penalty = chunk.l1() == 0 && chunk.l2() == 0 ? 0 : penalise(chunk, all, gradient);
    float[][] kept = new float[moments.size()][];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = moments.get(i).arrays().get(chunk.array());
    }
    step.move(all, gradient, kept, chunk.from(), chunk.to());
    return penalty;
  }

  private static double penalise(Chunk chunk, float[] weights, float[] gradient) {
    float l1 = (float) chunk.l1();
    float l2 = (float) chunk.l2();
    double absolutes = 0;
    double squares = 0;
    for (int i = chunk.from(); i < chunk.to(); i++) {
      float weight = weights[i];
      absolutes += Math.abs(weight);
      squares += weight * weight;
      gradient[i] += l1 * Math.signum(weight) + l2 * weight;
    }
    return chunk.l1() * absolutes + chunk.l2() / 2 * squares;
  }

  @Override
  public void publish() {
    Learner.setWeights(network, weights());
  }

  @Override
  public State state() {
    float[] kept = new float[moments.size() * shape.size()];
    for (int i = 0; i < moments.size(); i++) {
      moments.get(i).write(kept, i * shape.size());
    }
    return new State(weights(), kept, iterations);
  }

  @Override
  public float[] weights() {
    float[] all = new float[shape.size()];
    weights.write(all, 0);
    return all;
  }

  @Override
  public void restore(State state) {
    restoreWeights(state.weights());
    for (int i = 0; i < moments.size(); i++) {
      moments.get(i).read(state.updater(), i * shape.size());
    }
    iterations = state.iterations();
  }

  @Override
  public void restoreWeights(float[] values) {
    weights.read(values, 0);
    Learner.setWeights(network, values);
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
