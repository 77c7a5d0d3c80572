package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetSpec;
import dev.firstday.sdk.RunFailure;
import dev.firstday.trainer.check.dqdl.Dqdl;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All checks of a data set: those that spec.checks and spec.dqdl declare, then those that every
 * data set has. What one aggregate can say of a table is asked in one scan of it, how often keys
 * occur in one query for each key; the few others have queries of their own.
 */
public final class CheckPlan {
  private final DatasetSpec spec;
  private final List<Planned> checks;
  private final FailingRows failingRows;

  private CheckPlan(DatasetSpec spec, List<Planned> checks) {
    this.spec = spec;
    this.checks = checks;
    this.failingRows = FailingRows.of(spec);
  }

  /**
   * @throws RunFailure InvalidCheck, when a check does not fit the columns
   */
  public static CheckPlan of(DatasetSpec spec) {
    Columns columns = new Columns(spec.columns());
    List<DatasetCheck> declared = declared(spec);
    List<DatasetCheck> all = new ArrayList<>(declared);
    all.addAll(new LeakageDefaults(spec, columns).checks(declared));
    List<String> names = CheckNames.of(all);
    List<Planned> planned = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      planned.add(plan(spec, columns, names.get(i), all.get(i), i >= declared.size()));
    }
    return new CheckPlan(spec, planned);
  }

  private static List<DatasetCheck> declared(DatasetSpec spec) {
    List<DatasetCheck> declared = new ArrayList<>();
    if (spec.checks() != null) {
      declared.addAll(spec.checks());
    }
    if (spec.dqdl() != null) {
      declared.addAll(Dqdl.parse(spec.dqdl()));
    }
    return declared;
  }

  private static Planned plan(
      DatasetSpec spec, Columns columns, String name, DatasetCheck check, boolean byDefault) {
    if (check.metric() == null) {
      throw CheckFailures.invalidCheck(name, "metric: it is missing");
    }
    CheckShape.require(name, check);
    return new Planned(
        name,
        check,
        new Measures(spec, columns, name, check, byDefault).measure(),
        Bound.of(name, check));
  }

  /** Names of the checks, in their order. */
  public List<String> names() {
    return checks.stream().map(Planned::name).toList();
  }

  /** The SQL that is asked first of such a version; a drift's profiles follow from the answers. */
  public List<String> queries(Subject subject) {
    List<Question> questions =
        checks.stream()
            .map(planned -> planned.measure().inquire(subject))
            .flatMap(step -> step instanceof Inquiry i ? i.questions().stream() : Stream.of())
            .toList();
    return Batch.of(questions).stream().map(Batch::sql).toList();
  }

  List<Planned> checks() {
    return checks;
  }

  FailingRows failingRows() {
    return failingRows;
  }

  DatasetSpec spec() {
    return spec;
  }

  /** Names of the tables that the transform reads, and SQL of checks may read. */
  Set<String> sources() {
    return spec.source().files().stream().map(DatasetSpec.Files::name).collect(Collectors.toSet());
  }

  /** A check, how it measures, and what its value must be. */
  record Planned(String name, DatasetCheck check, Measure measure, Bound bound) {}
}
