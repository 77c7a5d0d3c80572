package dev.firstday.trainer.snapshot;

import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.store.ObjectStore;
import dev.firstday.trainer.check.Subject;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.Sql;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A version on this machine.
 *
 * @param splits the Parquet file of each split that there is
 */
record VersionFiles(DatasetManifest manifest, Map<String, Path> splits) {

  /**
   * Fetches what is not there yet; everything is verified.
   *
   * @throws dev.firstday.sdk.store.StoreException when something is missing or damaged
   */
  static VersionFiles fetch(DatasetManifest manifest, ObjectStore objects, Path directory) {
    Map<String, Path> splits = new LinkedHashMap<>();
    objects(manifest)
        .forEach((split, object) -> splits.put(split, objects.fetch(object.digest(), directory)));
    return new VersionFiles(manifest, splits);
  }

  /** The stored file of each split that there is. */
  static Map<String, DatasetManifest.ObjectRef> objects(DatasetManifest manifest) {
    Map<String, DatasetManifest.ObjectRef> objects = new LinkedHashMap<>();
    objects.put(SplitRule.TRAIN, manifest.train());
    objects.put(SplitRule.VALIDATION, manifest.validation());
    if (manifest.test() != null) {
      objects.put(SplitRule.TEST, manifest.test());
    }
    return objects;
  }

  /** Makes a view of the rows with their splits; they stay where they are. */
  void createView(Database database, String name) {
    String rows =
        splits.entrySet().stream()
            .map(
                split ->
                    "SELECT *, %s AS %s FROM read_parquet(%s)"
                        .formatted(
                            Sql.text(split.getKey()),
                            Sql.name(Subject.SPLIT),
                            Sql.text(split.getValue().toString())))
            .collect(Collectors.joining(" UNION ALL "));
    database.execute("CREATE VIEW " + Sql.name(name) + " AS " + rows);
  }
}
