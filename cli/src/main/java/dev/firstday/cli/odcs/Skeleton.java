package dev.firstday.cli.odcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetSpec.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A Dataset as text, with comments where a contract cannot know what it needs. */
final class Skeleton {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_NAME = 40;

  private final OdcsContract contract;
  private final Part object;
  private final List<OdcsColumn> columns;
  private final StringBuilder text = new StringBuilder();

  private Skeleton(OdcsContract contract, Part object) {
    this.contract = contract;
    this.object = object;
    this.columns = object.at("properties").list().stream().map(OdcsColumn::of).toList();
  }

  /**
   * @param name of an object of the schema; null: the only one
   * @throws OdcsFailure when the contract is wrong; the message says where
   */
  static String of(OdcsContract contract, String name) {
    return new Skeleton(contract, contract.object(name)).write();
  }

  private String write() {
    List<OdcsColumn> kept = columns.stream().filter(column -> column.type() != null).toList();
    requireDistinct(kept);
    String table = OdcsColumn.fitting(object.at("name").requiredText());
    line(
        "# Of the data contract " + oneLine(contract.title()) + ", object " + oneLine(table) + ".");
    if (!contract.unread().isEmpty()) {
      line("# Without a counterpart here: " + String.join(", ", contract.unread()) + ".");
    }
    line("apiVersion: firstday.dev/v1alpha1");
    line("kind: Dataset");
    line("metadata:");
    line("  name: " + Flow.text(resourceName(table)));
    line("spec:");
    line("  source:");
    line("    files:");
    line("      # Where the rows lie: a key below the namespace's files/, or s3://bucket/key.");
    line("      - {name: %s, uri: %s}".formatted(table, Flow.text(table + "/*.parquet")));
    line("  transform: |");
    line("    SELECT " + kept.stream().map(Skeleton::selected).collect(Collectors.joining(", ")));
    line("    FROM \"" + table + "\"");
    line(
        "  # One column is what the model is to predict: give it role: label (or several that are BOOLEAN).");
    line("  columns:");
    columns.forEach(this::column);
    split(kept);
    checks(kept);
    return text.toString();
  }

  private void requireDistinct(List<OdcsColumn> kept) {
    if (kept.isEmpty()) {
      throw object.at("properties").failure("there is none that a column can hold");
    }
    Set<String> names = new HashSet<>();
    for (OdcsColumn column : kept) {
      if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
        throw column
            .property()
            .at("name")
            .failure("there is a column " + column.name() + " already");
      }
    }
  }

  private static String selected(OdcsColumn column) {
    String source = '"' + column.source().replace("\"", "\"\"") + '"';
    String name = '"' + column.name() + '"';
    return source.equals(name) ? name : source + " AS " + name;
  }

  private void column(OdcsColumn column) {
    String name = column.property().at("name").requiredText();
    if (column.type() == null) {
      line(
          "    # %s is of type %s, which no column can hold"
              .formatted(oneLine(name), column.remark()));
      return;
    }
    String role = column.key() ? ", role: key" : "";
    String description =
        column
            .property()
            .at("description")
            .text()
            .map(t -> ", description: " + Flow.text(t))
            .orElse("");
    String remark = column.remark() == null ? "" : " # " + oneLine(column.remark());
    line(
        "    - {name: %s, type: %s%s%s}%s"
            .formatted(column.name(), column.type(), role, description, remark));
  }

  /** By the key where there is one, and else by all columns, so that the skeleton is whole. */
  private void split(List<OdcsColumn> kept) {
    List<OdcsColumn> key = kept.stream().filter(OdcsColumn::key).toList();
    List<String> names =
        (key.isEmpty() ? kept : key).stream().map(OdcsColumn::name).limit(16).toList();
    boolean timed =
        kept.stream().anyMatch(c -> c.type() == Type.DATE || c.type() == Type.TIMESTAMP);
    line(
        "  # Or by time, as the model will be used: time: {column: ..., trainUntil: ...}"
            + (timed ? "" : "; the contract has no column for it"));
    line("  split:");
    line("    hash: {columns: [%s], validationPercent: 20}".formatted(String.join(", ", names)));
  }

  private void checks(List<OdcsColumn> kept) {
    List<Quality.Line> lines = new ArrayList<>();
    object.at("quality").list().forEach(rule -> lines.addAll(Quality.of(rule, null)));
    Checks.ofKey(kept).forEach(check -> lines.add(new Quality.Line(check, null)));
    for (OdcsColumn column : columns) {
      if (column.type() == null) {
        column.property().at("quality").list().stream()
            .map(
                rule -> new Quality.Line(null, rule.path() + " is of a property that is no column"))
            .forEach(lines::add);
      } else {
        Checks.of(column).forEach(check -> lines.add(new Quality.Line(check, null)));
        column
            .property()
            .at("quality")
            .list()
            .forEach(rule -> lines.addAll(Quality.of(rule, column)));
      }
    }
    Set<DatasetCheck> written = new HashSet<>();
    boolean any = lines.stream().anyMatch(line -> line.check() != null);
    if (any) {
      line("  checks:");
    }
    for (Quality.Line line : lines) {
      if (line.comment() != null) {
        line((any ? "    # " : "  # ") + oneLine(line.comment()));
      }
      if (line.check() != null && written.add(line.check())) {
        JsonNode json = JSON.valueToTree(line.check());
        line("    - " + Flow.text(json));
      }
    }
  }

  private static String resourceName(String table) {
    String name =
        table.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String cut = name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("-$", "");
    return cut.isEmpty() ? "dataset" : cut;
  }

  private static String oneLine(String words) {
    return words.replaceAll("\\s+", " ").strip();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
