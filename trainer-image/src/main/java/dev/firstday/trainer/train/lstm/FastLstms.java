package dev.firstday.trainer.train.lstm;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;

/** The LSTM layers of a network, taught with BLAS alone while this is open. */
public final class FastLstms implements AutoCloseable {
  /** DL4J fills it for cuDNN, by the name of a class of its own. */
  private static final Field HELPER = helper();

  private final Map<LSTM, LstmOnBlas> layers;
  private final ForkJoinPool pool;

  private FastLstms(Map<LSTM, LstmOnBlas> layers, ForkJoinPool pool) {
    this.layers = layers;
    this.pool = pool;
  }

  private static Field helper() {
    try {
      Field helper = LSTM.class.getDeclaredField("helper");
      helper.setAccessible(true);
      return helper;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("DL4J's LSTM has no place for a helper", e);
    }
  }

  /** None, so that all are DL4J's. */
  public static FastLstms none() {
    return new FastLstms(Map.of(), new ForkJoinPool(1));
  }

  /**
   * Takes the layers over whose arithmetic is known here; others, and networks that learn from
   * pieces of sequences, are left to DL4J.
   *
   * @param threads that learn at once
   */
  public static FastLstms of(ComputationGraph network, int threads) {
    ForkJoinPool pool = new ForkJoinPool(threads);
    Map<LSTM, LstmOnBlas> layers = new LinkedHashMap<>();
    if (network.getConfiguration().getBackpropType() == BackpropType.Standard) {
      for (Layer layer : network.getLayers()) {
        if (unwrapped(layer) instanceof LSTM lstm) {
          LstmOnBlas fast = new LstmOnBlas(pool);
          if (fast.checkSupported(
              lstm.layerConf().getGateActivationFn(), lstm.layerConf().getActivationFn(), false)) {
            layers.put(lstm, fast);
          }
        }
      }
    }
    layers.forEach(FastLstms::help);
    return new FastLstms(layers, pool);
  }

  /** Of how many layers it is. */
  public int size() {
    return layers.size();
  }

  private static Layer unwrapped(Layer layer) {
    return layer instanceof BaseWrapperLayer wrapper ? wrapper.getUnderlying() : layer;
  }

  private static void help(LSTM layer, LstmOnBlas helper) {
    try {
      HELPER.set(layer, helper);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    layers.keySet().forEach(layer -> help(layer, null));
    layers.values().forEach(LstmOnBlas::close);
    pool.shutdown();
  }
}
