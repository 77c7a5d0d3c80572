package dev.firstday.trainer.check;

import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.contract.Names;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import java.util.List;
import java.util.Optional;

/** The declared columns, as checks look for them. */
record Columns(List<Column> all) {

  List<String> names() {
    return all.stream().map(Column::name).toList();
  }

  Optional<Column> find(String name) {
    return all.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  boolean has(List<String> names) {
    return names().containsAll(names);
  }

  List<Column> of(Role role) {
    return all.stream().filter(column -> column.effectiveRole() == role).toList();
  }

  List<String> namesOf(Role role) {
    return of(role).stream().map(Column::name).toList();
  }

  /**
   * At least one.
   *
   * @throws RunFailure InvalidCheck, when there is none
   */
  List<Column> labels() {
    List<Column> labels = of(Role.LABEL);
    if (labels.isEmpty()) {
      throw new RunFailure(
          "InvalidCheck",
          "spec.columns: none has role label, and checks for leakage need it",
          Cure.FIX_SPEC);
    }
    return labels;
  }

  List<String> labelNames() {
    return labels().stream().map(Column::name).toList();
  }

  /**
   * @throws RunFailure InvalidCheck, when there is no such column
   */
  Column require(String check, String name) {
    return find(name)
        .orElseThrow(() -> CheckFailures.invalidCheck(check, "there is no column " + lack(name)));
  }

  /** A name that is none of a column's, what was meant perhaps, and what there is. */
  String lack(String name) {
    return name + Names.hint(name, names()) + "; spec.columns has " + Names.list(names());
  }

  static boolean isNumber(Type type) {
    return switch (type) {
      case INTEGER, BIGINT, DOUBLE -> true;
      case BOOLEAN, VARCHAR, DATE, TIMESTAMP -> false;
    };
  }

  static boolean isWhole(Type type) {
    return switch (type) {
      case INTEGER, BIGINT -> true;
      case BOOLEAN, DOUBLE, VARCHAR, DATE, TIMESTAMP -> false;
    };
  }

  static boolean isTime(Type type) {
    return switch (type) {
      case DATE, TIMESTAMP -> true;
      case BOOLEAN, INTEGER, BIGINT, DOUBLE, VARCHAR -> false;
    };
  }

  /** Whether values are names of kinds, not amounts. */
  static boolean isCategory(Type type) {
    return switch (type) {
      case BOOLEAN, INTEGER, BIGINT, VARCHAR -> true;
      case DOUBLE, DATE, TIMESTAMP -> false;
    };
  }
}
