package dev.firstday.trainer.train;

import dev.firstday.sdk.artefact.GoldenRow;
import dev.firstday.sdk.artefact.Predictor;
import dev.firstday.sdk.data.Columns;
import dev.firstday.sdk.feature.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows, evenly spread over the validation split, with the answers that a server must give. */
final class GoldenRows {
  private static final int COUNT = 100;

  private GoldenRows() {}

  /** Answers come the way a server makes them: from the row as a user sends it. */
  static List<GoldenRow> of(Features features, Predictor predictor, Columns validation) {
    int count = Math.min(COUNT, validation.rows());
    List<GoldenRow> golden = new ArrayList<>(count);
    validation.read(
        features.columns().stream().map(Features.InputColumn::name).toList(),
        (table, first) -> {
          while (golden.size() < count
              && place(golden.size(), count, validation) < first + table.rows()) {
            Map<String, Object> row =
                features.row(table, place(golden.size(), count, validation) - first);
            golden.add(new GoldenRow(row, predictor.predict(features.encode(row), 1)[0]));
          }
        });
    return golden;
  }

  private static int place(int number, int count, Columns validation) {
    return (int) ((long) number * validation.rows() / count);
  }
}
