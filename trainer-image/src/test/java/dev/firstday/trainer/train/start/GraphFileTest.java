package dev.firstday.trainer.train.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.Updater;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.ModelZip;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.feature.PlainFeatures;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.NetworkBuilder;
import dev.firstday.sdk.model.Task;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class GraphFileTest {
  private static final Task LATE = new Task.Binary("late");
  private static final Features THREE = PlainFeatures.of(3);

  @Test
  void configurationIsBuiltWithTheJobsSeedAndOptimiser() {
    byte[] json = bytes(graph(8).toJson());

    ComputationGraph network = build(json, new Updater(Updater.Type.SGD, 0.5, null));
    ComputationGraph own = build(json, null);

    assertThat(network.numParams()).isEqualTo((3 * 8 + 8) + (3 + 8 + 1));
    assertThat(((BaseLayer) network.getLayer("deep").conf().getLayer()).getIUpdater())
        .isEqualTo(new Sgd(0.5));
    assertThat(((BaseLayer) own.getLayer("deep").conf().getLayer()).getIUpdater())
        .isEqualTo(new Adam(0.01));
    assertThat(own.params()).isEqualTo(network.params());
  }

  @Test
  void configurationOfLayersInARowIsRead() {
    String json =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(dense(3, 4))
            .layer(output(4))
            .build()
            .toJson();

    assertThat(build(bytes(json), null).numParams()).isEqualTo(3 * 4 + 4 + 4 + 1);
  }

  @Test
  void zipBringsItsWeights() {
    ComputationGraph network = new ComputationGraph(graph(8));
    network.init();

    StartingPoint start = StartingPoint.read("late.zip", ModelZip.write(network));

    assertThat(start.weights()).containsExactly(network.params().data().asFloat());
  }

  @Test
  void fileThatIsNoNetworkOrHarmfulIsRefused() {
    String json = graph(8).toJson();
    assertFails(
        () ->
            StartingPoint.read(
                "late.json",
                bytes(
                    json.replace(
                        "org.nd4j.linalg.activations.impl.ActivationReLU",
                        "javax.script.ScriptEngineManager"))),
        "ArtefactUnsafe",
        "spec.network.from.file: late.json names the class \"javax.script.ScriptEngineManager\", which is no layer");
    assertFails(
        () -> StartingPoint.read("late.json", bytes("{}")),
        "ArtefactDamaged",
        "spec.network.from.file: late.json configures no network");
    assertFails(
        () -> StartingPoint.read("late.json", bytes("[")),
        "ArtefactDamaged",
        "spec.network.from.file: late.json is no JSON");
    assertFails(
        () -> StartingPoint.read("late.zip", bytes("no zip")),
        "ArtefactDamaged",
        "spec.network.from.file: model.zip holds no");
    assertFails(
        () -> build(bytes(graph(100_000_000).toJson()), null),
        "NetworkDoesNotFit",
        "the network cannot be built: it has 500,000,004 weights and 268,435,456 is the most");
    assertFails(
        () -> build(bytes(json), null, PlainFeatures.of(4)),
        "NetworkDoesNotFit",
        "the layers do not fit each other");
  }

  private static ComputationGraph build(byte[] json, Updater updater) {
    return build(json, updater, THREE);
  }

  private static ComputationGraph build(byte[] json, Updater updater, Features features) {
    Network declared = new Network(null, null, null, null, updater, null, null);
    return NetworkBuilder.build(
        StartingPoint.read("late.json", json)
            .model(new DeclarativeModel(List.of(), declared, Loss.BINARY_CROSS_ENTROPY, 1)),
        features,
        LATE,
        3,
        Cure.FIX_DATA);
  }

  /** The output layer sees the inputs, and a hidden layer over them. */
  private static org.deeplearning4j.nn.conf.ComputationGraphConfiguration graph(int units) {
    return new NeuralNetConfiguration.Builder()
        .updater(new Adam(0.01))
        .graphBuilder()
        .addInputs("in")
        .addLayer("deep", dense(3, units), "in")
        .addLayer("out", output(3 + units), "in", "deep")
        .setOutputs("out")
        .build();
  }

  private static DenseLayer dense(int inputs, int units) {
    return new DenseLayer.Builder().nIn(inputs).nOut(units).activation(Activation.RELU).build();
  }

  private static OutputLayer output(int inputs) {
    return new OutputLayer.Builder(LossFunction.XENT)
        .nIn(inputs)
        .nOut(1)
        .activation(Activation.SIGMOID)
        .build();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertFails(ThrowingCallable call, String reason, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(RunFailure.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageStartingWith(message);
  }
}
