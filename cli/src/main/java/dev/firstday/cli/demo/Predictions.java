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

  private Predictions() {}

  static List<String> table(
      DatasetSpec dataset, List<ObjectNode> rows, Inference.Answers answers, Constant constant) {
    Column label = column(dataset, Role.LABEL);
    boolean probability = label.type() == Type.BOOLEAN;
    String constantWords = constant.words(probability);
    List<String[]> cells = new ArrayList<>();
    cells.add(
        new String[] {
          "row",
          probability ? "P(" + label.name() + ")" : label.name(),
          "constant",
          probability ? label.name() + "?" : "really"
        });
    for (int i = 0; i < rows.size(); i++) {
      cells.add(
          new String[] {
            name(dataset, rows.get(i)),
            value(answers.of(i), probability),
            constantWords,
            rows.get(i).path(label.name()).asText()
          });
    }
    return align(cells);
  }

  private static Column column(DatasetSpec dataset, Role role) {
    return dataset.columns().stream()
        .filter(c -> c.effectiveRole() == role)
        .findFirst()
        .orElseThrow();
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

  private static List<String> align(List<String[]> rows) {
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder("    ");
      for (int i = 0; i < row.length; i++) {
        String gap = " ".repeat(widths[i] - row[i].length());
        line.append(i == 0 ? row[i] + gap : gap + row[i]).append("   ");
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
