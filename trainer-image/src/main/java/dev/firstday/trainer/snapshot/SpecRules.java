package dev.firstday.trainer.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.Firstday;
import dev.firstday.contract.Contract;
import dev.firstday.contract.LabelLosses;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What every later step takes for granted. The API server asks for the same; a run may come past
 * it.
 */
final class SpecRules {
  private static final Pattern NAME = Pattern.compile(Firstday.COLUMN_PATTERN);

  private SpecRules() {}

  /**
   * @throws RunFailure InvalidSpec, with the field
   */
  static void require(DatasetSpec spec) {
    texts(Contract.read(Contract.write(spec), JsonNode.class), "spec");
    source(spec.source());
    require(
        spec.transform() != null && !spec.transform().isBlank(), "spec.transform", "it is missing");
    columns(spec.columns());
    split(spec.split());
    entries(spec.checks(), "spec.checks");
    entries(spec.tests(), "spec.tests");
    if (spec.checks() != null) {
      spec.checks()
          .forEach(check -> require(check.metric() != null, "spec.checks", "metric is missing"));
    }
  }

  /** SQL ends where such a character stands, and what is left of it may mean something else. */
  private static void texts(JsonNode node, String field) {
    require(node.asText().indexOf('\0') < 0, field, "it holds the character U+0000");
    node.properties().forEach(entry -> texts(entry.getValue(), field + "." + entry.getKey()));
    if (node.isArray()) {
      node.forEach(element -> texts(element, field));
    }
  }

  private static void source(DatasetSpec.Source source) {
    require(
        source != null && source.files() != null && !source.files().isEmpty(),
        "spec.source.files",
        "there is no table");
    entries(source.files(), "spec.source.files");
    for (DatasetSpec.Files files : source.files()) {
      name(files.name(), "spec.source.files");
      require(files.uri() != null, "spec.source.files", "table " + files.name() + " has no uri");
      entries(files.nullStrings(), "spec.source.files.nullStrings");
      if (files.columns() != null) {
        String field = "spec.source.files.columns of " + files.name();
        require(!files.columns().isEmpty(), field, "there is no column");
        entries(files.columns(), field);
        for (DatasetSpec.SourceColumn column : files.columns()) {
          require(column.name() != null && column.type() != null, field, "name or type is missing");
          require(
              !column.name().isBlank() && column.name().chars().noneMatch(Character::isISOControl),
              field,
              "'" + column.name() + "' is no name of a column");
        }
        unique(files.columns().stream().map(DatasetSpec.SourceColumn::name).toList(), field);
      }
    }
    unique(source.files().stream().map(DatasetSpec.Files::name).toList(), "spec.source.files");
  }

  private static void columns(List<DatasetSpec.Column> columns) {
    String field = "spec.columns";
    require(columns != null && columns.size() > 1, field, "there are less than two columns");
    entries(columns, field);
    for (DatasetSpec.Column column : columns) {
      name(column.name(), field);
      require(column.type() != null, field, column.name() + " has no type");
    }
    unique(columns.stream().map(DatasetSpec.Column::name).toList(), field);
    labels(columns.stream().filter(c -> c.effectiveRole() == Role.LABEL).toList(), field);
    require(having(columns, Role.FEATURE) > 0, field, "at least one column is a feature");
  }

  private static void labels(List<DatasetSpec.Column> labels, String field) {
    require(!labels.isEmpty(), field, "a column has role: label");
    require(
        labels.size() <= LabelLosses.MOST_LABELS,
        field,
        "at most %d columns have role: label".formatted(LabelLosses.MOST_LABELS));
    require(
        labels.size() == 1 || labels.stream().allMatch(c -> c.type() == DatasetSpec.Type.BOOLEAN),
        field,
        "of several columns with role: label each is a BOOLEAN");
  }

  private static long having(List<DatasetSpec.Column> columns, Role role) {
    return columns.stream().filter(column -> column.effectiveRole() == role).count();
  }

  private static void split(DatasetSpec.Split split) {
    require(
        split != null
            && Stream.of(split.hash(), split.time(), split.column())
                    .filter(Objects::nonNull)
                    .count()
                == 1,
        "spec.split",
        "it has exactly one of hash, time and column");
    if (split.hash() != null) {
      hash(split.hash());
    }
    if (split.time() != null) {
      require(split.time().column() != null, "spec.split.time.column", "it is missing");
      require(split.time().trainUntil() != null, "spec.split.time.trainUntil", "it is missing");
    }
    if (split.column() != null) {
      require(split.column().name() != null, "spec.split.column.name", "it is missing");
    }
  }

  private static void hash(DatasetSpec.HashSplit hash) {
    String field = "spec.split.hash";
    require(
        hash.columns() != null && !hash.columns().isEmpty(), field + ".columns", "there is none");
    entries(hash.columns(), field + ".columns");
    percent(hash.validationPercent(), field + ".validationPercent");
    if (hash.testPercent() != null) {
      percent(hash.testPercent(), field + ".testPercent");
      require(
          hash.validationPercent() + hash.testPercent() <= 95,
          field,
          "validationPercent and testPercent leave at least 5 percent to train on");
    }
  }

  private static void percent(Integer percent, String field) {
    require(percent != null && percent >= 1 && percent <= 90, field, "it is from 1 to 90");
  }

  private static void name(String name, String field) {
    require(
        name != null && NAME.matcher(name).matches(),
        field,
        "'" + name + "' is no name: letters, digits and _");
  }

  private static void entries(List<?> list, String field) {
    require(
        list == null || list.stream().noneMatch(Objects::isNull), field, "one of them is missing");
  }

  /** SQL does not tell Size from size. */
  private static void unique(List<String> names, String field) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      require(
          seen.add(name.toLowerCase(Locale.ROOT)),
          field,
          name + " is there twice (SQL does not tell upper from lower case)");
    }
  }

  private static void require(boolean holds, String field, String otherwise) {
    if (!holds) {
      throw new RunFailure("InvalidSpec", field + ": " + otherwise, Cure.FIX_SPEC);
    }
  }
}
