package dev.firstday.operator.dataset;

import dev.firstday.api.DatasetStatus;
import dev.firstday.api.DatasetStatus.Checks;
import dev.firstday.api.Firstday;
import java.util.List;

/** What a data set's conditions say of its versions: what there is, what failed, and the cure. */
record DatasetWords(Versions versions) {
  /** More would hide the cure behind them. */
  private static final int NAMED = 5;

  /** What the latest holds, and how many checks only warn. */
  String summary() {
    DatasetStatus.Version latest = versions.latest();
    String rows =
        "version %d has %d rows to train on and %d to validate on"
            .formatted(latest.number(), latest.trainRows(), latest.validationRows());
    int warnings = versions.warnings();
    return warnings == 0
        ? rows
        : "%s; %d %s: %s"
            .formatted(rows, warnings, warnings == 1 ? "check warns" : "checks warn", failures());
  }

  /** Why there is a refused version, what is used instead, and the cure. */
  String refusal() {
    return "version %d was refused (%s); %s. Mend the rows or the bounds in spec.checks; for rows mended where they are, set the annotation %s to a new value"
        .formatted(versions.refused().number(), failures(), inUse(), Firstday.REFRESH_ANNOTATION);
  }

  /** Why the latest is no longer good, and the cure. */
  String relapse() {
    return "version %d no longer passes its checks (%s); it stays in use. Bring newer rows or change the bounds in spec.checks, or set the annotation %s to a new value for another look"
        .formatted(versions.latest().number(), failures(), Firstday.REFRESH_ANNOTATION);
  }

  /** The version that is used whatever else is wrong. */
  String inUse() {
    return versions.latest() == null
        ? "there is no other version"
        : "version %d stays in use".formatted(versions.latest().number());
  }

  private String failures() {
    Checks checks = versions.checks();
    List<String> failures =
        checks == null || checks.failures() == null ? List.of() : checks.failures();
    String named = String.join("; ", failures.subList(0, Math.min(NAMED, failures.size())));
    return failures.size() <= NAMED
        ? named
        : "%s; and %d more".formatted(named, failures.size() - NAMED);
  }
}
