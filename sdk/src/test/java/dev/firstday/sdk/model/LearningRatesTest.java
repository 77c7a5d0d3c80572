package dev.firstday.sdk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.RateSchedule;
import dev.firstday.api.RateSchedule.Type;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

class LearningRatesTest {
  @Test
  void eachScheduleHasItsShape() {
    assertRates(new RateSchedule(Type.STEP, 0.5, 2, null), 0.1, 0.1, 0.05, 0.05, 0.025);
    assertRates(new RateSchedule(Type.EXPONENTIAL, 0.9, null, null), 0.1, 0.09, 0.081, 0.0729);
    assertRates(new RateSchedule(Type.LINEAR, null, null, null), 0.1, 0.075, 0.05, 0.025);
    // cosines of 0, 45, 90 and 135 degrees
    assertRates(
        new RateSchedule(Type.COSINE, null, null, null),
        0.1,
        0.08535533905932738,
        0.05,
        0.014644660940672627);
  }

  @Test
  void rateRisesAtTheStart() {
    assertRates(new RateSchedule(Type.CONSTANT, null, null, 3), 0.025, 0.05, 0.075, 0.1, 0.1);
    assertRates(new RateSchedule(Type.LINEAR, null, null, 1), 0.05, 0.1, 0.1 * 2 / 3, 0.1 / 3);
  }

  /** A stored network and a checkpoint hold the configuration as JSON. */
  @Test
  void scheduleComesBackFromJson() {
    ISchedule rates = LearningRates.of(0.1, new RateSchedule(Type.COSINE, null, null, 2), 10);
    MultiLayerConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(rates))
            .list()
            .layer(new DenseLayer.Builder().nIn(2).nOut(1).build())
            .build();

    IUpdater back =
        ((BaseLayer) MultiLayerConfiguration.fromJson(conf.toJson()).getConf(0).getLayer())
            .getIUpdater();

    assertThat(IntStream.range(0, 10).mapToDouble(e -> back.getLearningRate(7, e)).toArray())
        .containsExactly(IntStream.range(0, 10).mapToDouble(e -> rates.valueAt(7, e)).toArray());
  }

  private static void assertRates(RateSchedule schedule, double... expected) {
    ISchedule rates = LearningRates.of(0.1, schedule, expected.length);
    assertThat(IntStream.range(0, expected.length).mapToDouble(e -> rates.valueAt(99, e)).toArray())
        .containsExactly(expected, within(1e-12));
  }
}
