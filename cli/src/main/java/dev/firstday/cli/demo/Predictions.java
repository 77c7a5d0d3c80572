package dev.firstday.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lays predictions out beside the constant's answer and what really happened. */
final class Predictions {
  private static final int MAX_KEY = 44;

  /** There is no room for more. */
  private static final int MOST_LABELS = 3;

  private Predictions() {}

  static List<String> table(
      DatasetSpec dataset, List<ObjectNode> rows, Inference.Answers answers, Constant constant) {
    List<Column> labels =
        dataset.columns().stream().filter(c -> c.effectiveRole() == Role.LABEL).toList();
    List<List<String>> cells = new ArrayList<>();
    cells.add(new ArrayList<>(List.of("row")));
    rows.forEach(row -> cells.add(new ArrayList<>(List.of(name(dataset, row)))));
    for (int place = 0; place < Math.min(labels.size(), MOST_LABELS); place++) {
      Column label = labels.get(place);
      boolean probability = label.type() == Type.BOOLEAN;
      cells
          .get(0)
          .addAll(
              List.of(
                  probability ? "P(" + label.name() + ")" : label.name(),
                  "constant",
                  probability ? label.name() + "?" : "really"));
      for (int i = 0; i < rows.size(); i++) {
        JsonNode answer = labels.size() == 1 ? answers.of(i) : answers.of(i, place, labels.size());
        cells
            .get(i + 1)
            .addAll(
                List.of(
                    value(answer, probability),
                    constant.words(place, probability),
                    rows.get(i).path(label.name()).asText()));
      }
    }
    List<String> lines = align(cells);
    if (labels.size() > MOST_LABELS) {
      lines.add("    and %d more labels".formatted(labels.size() - MOST_LABELS));
    }
    return lines;
  }

  /** The key where there is one, or else the first columns. */
  private static String name(DatasetSpec dataset, ObjectNode row) {
    List<String> keys =
        dataset.columns().stream()
            .filter(c -> c.effectiveRole() == Role.KEY)
            .map(Column::name)
            .toList();
    List<String> named =
        keys.isEmpty() ? dataset.columns().stream().map(Column::name).limit(3).toList() : keys;
    String name = String.join(" ", named.stream().map(c -> row.path(c).asText()).toList());
    return name.length() <= MAX_KEY ? name : name.substring(0, MAX_KEY);
  }

  private static String value(JsonNode value, boolean probability) {
    return value.isNumber() ? number(value.asDouble(), probability) : value.asText();
  }

  static String number(double value, boolean probability) {
    return probability
        ? String.format(Locale.ROOT, "%.1f %%", value * 100)
        : String.format(Locale.ROOT, "%.4g", value);
  }

  private static List<String> align(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder("    ");
      for (int i = 0; i < row.size(); i++) {
        String gap = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? row.get(i) + gap : gap + row.get(i)).append("   ");
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
