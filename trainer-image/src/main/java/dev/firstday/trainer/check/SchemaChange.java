package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck.Against;
import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.SchemaEvolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How many columns differ from those of an earlier version in a way that is not allowed. */
record SchemaChange(SchemaEvolution allowed, Against against) implements Measure {

  @Override
  public Step inquire(Subject subject) {
    return Versions.with(
        subject,
        against,
        List.of(),
        reference -> {
          List<String> changes =
              changes(new Columns(reference.columns()), new Columns(subject.columns()));
          String note = Versions.against(reference);
          return Reading.counted(
              changes.size(), changes.isEmpty() ? note : note + ": " + String.join(", ", changes));
        });
  }

  /** In words, those that are not allowed. */
  List<String> changes(Columns before, Columns now) {
    List<String> changes = new ArrayList<>();
    if (allowed == SchemaEvolution.ANY) {
      return changes;
    }
    for (Column column : before.all()) {
      Optional<Column> kept = now.find(column.name());
      if (kept.isEmpty()) {
        changes.add("without " + column.name());
      } else {
        difference(column, kept.get()).ifPresent(changes::add);
      }
    }
    if (allowed == SchemaEvolution.NONE) {
      now.all().stream()
          .filter(column -> before.find(column.name()).isEmpty())
          .forEach(column -> changes.add("with " + column.name()));
    }
    return changes;
  }

  private static Optional<String> difference(Column before, Column now) {
    List<String> differences = new ArrayList<>();
    if (before.type() != now.type()) {
      differences.add("%s instead of %s".formatted(now.type(), before.type()));
    }
    if (before.effectiveRole() != now.effectiveRole()) {
      differences.add(
          "role %s instead of %s"
              .formatted(word(now.effectiveRole()), word(before.effectiveRole())));
    }
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(now.name() + " has " + String.join(" and ", differences));
  }

  private static String word(Role role) {
    return switch (role) {
      case FEATURE -> "feature";
      case LABEL -> "label";
      case KEY -> "key";
      case EVENT_TIME -> "eventTime";
      case OTHER -> "other";
    };
  }
}
