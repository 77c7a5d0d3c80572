package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetCheck.Against;
import dev.firstday.api.DatasetCheck.DriftMethod;
import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.trainer.check.drift.Bins;
import dev.firstday.trainer.check.drift.Distribution;
import dev.firstday.trainer.check.drift.Drift;
import dev.firstday.trainer.check.drift.DriftQuery;
import java.util.List;

/**
 * How far a column's values have moved from those of an earlier version, or validation's from
 * training's.
 */
record Drifted(Column column, DriftMethod method, DriftQuery query, Against against, Scope scope)
    implements Measure {

  static Drifted of(
      String name, DatasetCheck check, Column column, DriftMethod method, Against against) {
    Integer bins = check.arguments() == null ? null : check.arguments().bins();
    if (bins != null && (bins < 2 || bins > 100)) {
      throw CheckFailures.invalidCheck(name, "arguments.bins: there are 2 to 100, not " + bins);
    }
    if (!Drift.suits(method, column.type())) {
      throw CheckFailures.invalidCheck(
          name,
          "arguments.method: it measures distances of numbers, and %s is declared as %s; psi, jensenShannon and lInfinity compare categories"
              .formatted(column.name(), column.type()));
    }
    return new Drifted(
        column, method, DriftQuery.of(column, method, bins), against, new Scope(check.where()));
  }

  @Override
  public Step inquire(Subject subject) {
    if (against == Against.TRAIN) {
      return compare(
          new Side(subject.table(), scope.condition(Scope.IN_TRAIN)),
          new Side(subject.table(), scope.condition(Scope.SPLIT + " = 'validation'")),
          "validation against train");
    }
    return Versions.with(
        subject,
        against,
        List.of(column.name()),
        reference ->
            compare(
                new Side(reference.table(), all()),
                new Side(subject.table(), all()),
                Versions.against(reference)));
  }

  private String all() {
    return scope.where() == null ? null : scope.condition();
  }

  private Inquiry compare(Side reference, Side current, String note) {
    return new Inquiry(
        List.of(reference.ask(query.edges(reference.table, reference.condition))),
        edges -> {
          Bins bins = query.read(edges.get(0).rows());
          return new Inquiry(
              List.of(reference.profile(query, bins), current.profile(query, bins)),
              counts ->
                  read(
                      query.distribution(bins, counts.get(0).rows()),
                      query.distribution(bins, counts.get(1).rows()),
                      note));
        });
  }

  private Reading read(Distribution reference, Distribution current, String note) {
    return Drift.distance(method, reference, current)
        .map(
            distance ->
                Reading.of(distance.value(), current.rows())
                    .expecting(distance.expected(), distance.noise())
                    .noting(note))
        .orElseGet(
            () ->
                reference.present() == 0
                    ? Reading.skipped(note + ", which has no values")
                    : Reading.nothing(note + ": there are no values", current.rows()));
  }

  private record Side(String table, String condition) {
    Question ask(String sql) {
      return new Question.Query(table, sql);
    }

    Question profile(DriftQuery query, Bins bins) {
      return ask(query.profile(bins, table, condition));
    }
  }
}
