package dev.firstday.trainer.train;

import dev.firstday.sdk.artefact.GoldenRow;
import dev.firstday.sdk.artefact.Predictor;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.feature.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows, evenly spread over the validation split, with the answers that a server must give. */
final class GoldenRows {
  private static final int COUNT = 100;

  private GoldenRows() {}

  /** Answers come the way a server makes them: from the row as a user sends it. */
  static List<GoldenRow> of(Features features, Predictor predictor, Table validation) {
    int count = Math.min(COUNT, validation.rows());
    List<GoldenRow> golden = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Map<String, Object> row =
          features.row(validation, (int) ((long) i * validation.rows() / count));
      golden.add(new GoldenRow(row, predictor.predict(features.encode(row), 1)[0]));
    }
    return golden;
  }
}
