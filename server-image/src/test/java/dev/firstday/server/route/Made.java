package dev.firstday.server.route;

import dev.firstday.api.ModelDeploymentSpec.Action;
import dev.firstday.api.ModelDeploymentSpec.Checks;
import dev.firstday.api.ModelDeploymentSpec.Range;
import dev.firstday.api.ModelDeploymentSpec.ScoreChange;
import dev.firstday.contract.Contract;
import dev.firstday.server.v2.Datatype;
import dev.firstday.server.v2.Encoded;
import dev.firstday.server.v2.InferResponse;
import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.V2;
import dev.firstday.server.v2.Values;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Outcomes, answers and checks, as tests need them. */
final class Made {
  private Made() {}

  static Outcome.Answered answer(boolean binary, Tensor... outputs) {
    InferResponse response = new InferResponse("m", "1", "id", Map.of(), List.of(outputs));
    Encoded encoded = V2.write(response, output -> binary);
    return new Outcome.Answered(
        200,
        encoded.contentType(),
        encoded.jsonLength() == null ? null : String.valueOf(encoded.jsonLength()),
        Buffer.buffer(encoded.body()),
        1);
  }

  static Outcome answer(Tensor... outputs) {
    return answer(false, outputs);
  }

  static Outcome json(String body) {
    return new Outcome.Answered(200, "application/json", null, Buffer.buffer(body), 1);
  }

  static Outcome status(int status) {
    return new Outcome.Answered(
        status, "application/json", null, Buffer.buffer("{\"error\":\"no\"}"), 1);
  }

  static Outcome refused() {
    return new Outcome.Unreachable("refused", false, 1);
  }

  static Outcome timedOut() {
    return new Outcome.Unreachable("no answer", true, 1);
  }

  static Tensor late(boolean... rows) {
    return Tensor.booleans("late", rows);
  }

  /** Of two labels, yes or no each. */
  static Tensor labels(boolean... rows) {
    return new Tensor(
        "labels", Datatype.BOOL, List.of(rows.length / 2, 2), new Values.Booleans(rows));
  }

  /** What a version of these labels says of itself. */
  static ModelMetadata labelled(String... labels) {
    return new ModelMetadata(
        "m",
        List.of("1"),
        "fake",
        List.of(),
        List.of(),
        Map.of(
            ModelMetadata.Property.LABEL,
            "labels",
            ModelMetadata.Property.LABELS,
            String.join(",", labels)));
  }

  static Tensor delay(double... rows) {
    return Tensor.doubles("delay", rows);
  }

  static Tensor probability(double... rows) {
    return Tensor.doubles("probability", rows);
  }

  static Tensor probabilities(int classes, double... values) {
    return new Tensor(
        "probabilities",
        Datatype.FP32,
        List.of(values.length / classes, classes),
        new Values.Floats(values));
  }

  /**
   * @param deviation of a label that is a number; null where it is a class
   */
  static ModelMetadata metadata(String label, Double deviation) {
    Map<String, String> properties = new HashMap<>();
    properties.put(ModelMetadata.Property.LABEL, label);
    if (deviation != null) {
      properties.put(ModelMetadata.Property.LABEL_STD, deviation.toString());
    }
    return new ModelMetadata("m", List.of("1"), "fake", List.of(), List.of(), properties);
  }

  static Checks checks(Range range, List<String> slices, ScoreChange scoreChange) {
    Map<String, Object> checks = new HashMap<>();
    checks.put("range", range);
    checks.put("slices", slices);
    checks.put("scoreChange", scoreChange);
    return Contract.read(Contract.write(checks), Checks.class);
  }

  static Checks noChecks() {
    return checks(null, null, null);
  }

  static Checks distribution(Action action) {
    return Contract.read(
        Contract.write(Map.of("distribution", Map.of("action", action))), Checks.class);
  }

  static Checks scores(double tolerance, Action action) {
    return checks(null, null, new ScoreChange(tolerance, null, action));
  }
}
