package dev.firstday.server.predict;

import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.GoldenRow;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.Task;
import dev.firstday.server.v2.Datatype;
import dev.firstday.server.v2.InferRequest;
import dev.firstday.server.v2.InferResponse;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.V2;
import dev.firstday.server.v2.Values;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * Asks a version its golden rows, as requests in the protocol's form, and compares with the answers
 * that were recorded at training.
 */
final class GoldenCheck {
  private GoldenCheck() {}

  /** The golden rows as bodies of infer requests, one a row, one tensor a column. */
  static List<byte[]> requests(ServedModel served) {
    List<byte[]> requests = new ArrayList<>();
    for (GoldenRow golden : served.loaded().golden()) {
      List<Tensor> columns = new ArrayList<>();
      for (Features.InputColumn column : served.loaded().features().columns()) {
        columns.add(tensor(column.name(), column.type(), golden.row().get(column.name())));
      }
      requests.add(V2.writeRequest("golden-" + requests.size(), columns));
    }
    return requests;
  }

  private static Tensor tensor(String name, DatasetSpec.Type type, Object value) {
    Datatype datatype = ServedModel.datatype(type);
    BitSet missing = new BitSet();
    missing.set(0, value == null);
    Values values =
        switch (datatype.kind()) {
          case BOOLEAN -> new Values.Booleans(new boolean[] {Boolean.TRUE.equals(value)});
          case INTEGER ->
              new Values.Integers(new long[] {value instanceof Number n ? n.longValue() : 0});
          case FLOAT ->
              new Values.Floats(new double[] {value instanceof Number n ? n.doubleValue() : 0});
          case TEXT -> new Values.Texts(List.of(value == null ? "" : value.toString()));
        };
    return new Tensor(name, datatype, List.of(1), values, missing);
  }

  /**
   * @return the greatest difference found
   * @throws RunFailure GoldenMismatch, when an answer is another one than was recorded
   */
  static double run(ServedModel served) {
    Task task = served.loaded().task();
    Closeness closeness = Closeness.of(task);
    List<byte[]> requests = requests(served);
    double worst = 0;
    for (int row = 0; row < requests.size(); row++) {
      double[] recorded = served.loaded().golden().get(row).output();
      double[] given = answer(served, requests.get(row), row);
      for (int i = 0; i < recorded.length; i++) {
        if (!closeness.close(given[i], recorded[i])) {
          throw mismatch(
              row, "the answer is %s, at training it was %s".formatted(given[i], recorded[i]));
        }
        worst = Math.max(worst, Math.abs(given[i] - recorded[i]));
      }
    }
    return worst;
  }

  private static double[] answer(ServedModel served, byte[] request, int row) {
    InferRequest read = V2.readRequest(request, null);
    try {
      InferResponse response = served.infer(read).join();
      return Answers.numbers(served.loaded().task(), response.outputs());
    } catch (ProtocolException e) {
      throw mismatch(row, "it is refused: " + e.getMessage());
    } catch (CompletionException e) {
      throw mismatch(row, "it fails: " + e.getCause().getMessage());
    }
  }

  private static RunFailure mismatch(int row, String difference) {
    return new RunFailure(
        "GoldenMismatch",
        "golden row %d: %s; this server does not run the model that was recorded. Use the server image"
                .formatted(row, difference)
            + " of the release that trained it, or train again",
        Cure.FIX_DATA);
  }
}
