package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetCheck;
import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.DatasetManifest.ObjectRef;
import dev.firstday.sdk.data.DatasetManifest.SourceFile;
import java.util.List;
import java.util.stream.Stream;

/** What makes a version, beside its files. */
final class Recipe {
  private Recipe() {}

  /** Whether a version was made as a spec asks for; how its files are declared is not looked at. */
  static boolean isThatOf(DatasetManifest version, DatasetSpec spec, String engine) {
    return version.transform().equals(spec.transform())
        && version.columns().equals(spec.columns())
        && version.split().equals(spec.split())
        && version.engine().equals(engine)
        && version.checks().equals(checks(spec));
  }

  /** Digest of all that says what is checked. */
  static String checks(DatasetSpec spec) {
    return Contract.digest(
        new Checks(
            spec.checks() == null ? List.of() : spec.checks(),
            spec.dqdl(),
            spec.schemaEvolution(),
            spec.leakageChecks()));
  }

  /** The manifest of what was built. */
  static DatasetManifest manifest(
      String dataset,
      DatasetSpec spec,
      List<SourceTable> sources,
      SnapshotBuilder.Snapshot snapshot) {
    return new DatasetManifest(
        dataset,
        spec.columns(),
        spec.split(),
        object(snapshot.splits().get(SplitRule.TRAIN)),
        object(snapshot.splits().get(SplitRule.VALIDATION)),
        object(snapshot.splits().get(SplitRule.TEST)),
        sources.stream().flatMap(Recipe::files).toList(),
        spec.transform(),
        snapshot.engine(),
        checks(spec),
        snapshot.fingerprint());
  }

  private static ObjectRef object(SnapshotBuilder.Split split) {
    return split == null
        ? null
        : new ObjectRef(split.file().digest(), split.file().bytes(), split.rows());
  }

  private static Stream<SourceFile> files(SourceTable table) {
    return table.files().stream()
        .map(file -> new SourceFile(table.name(), file.uri(), file.digest(), file.bytes()));
  }

  private record Checks(
      List<DatasetCheck> checks,
      String dqdl,
      DatasetSpec.SchemaEvolution schemaEvolution,
      Boolean leakageChecks) {}
}
