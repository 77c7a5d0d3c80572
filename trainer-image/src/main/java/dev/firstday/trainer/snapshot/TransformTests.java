package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetSpec;
import dev.firstday.trainer.fixture.FixtureFailures;
import dev.firstday.trainer.fixture.FixtureTests;
import dev.firstday.trainer.sql.Database;
import dev.firstday.trainer.sql.SqlResources;
import java.nio.file.Path;
import java.util.Map;

/** The tests of a transform, run as soon as the types of the tables that it reads are known. */
final class TransformTests {
  private final SqlResources resources;
  private final Path directory;

  TransformTests(SqlResources resources, Path directory) {
    this.resources = resources;
    this.directory = directory;
  }

  /** Whether only the files tell the types of a table. */
  static boolean needFiles(DatasetSpec spec) {
    return spec.tests() != null
        && !spec.tests().isEmpty()
        && spec.source().files().stream().anyMatch(files -> files.columns() == null);
  }

  /**
   * Runs them, unless they need the files.
   *
   * @throws dev.firstday.sdk.RunFailure TestsFailed
   */
  void require(DatasetSpec spec) {
    if (!needFiles(spec)) {
      require(spec, Map.of());
    }
  }

  /**
   * Runs them, if they need the files.
   *
   * @param known the columns of the source's tables
   * @throws dev.firstday.sdk.RunFailure TestsFailed
   */
  void requireWithFiles(DatasetSpec spec, Map<String, Database.Description> known) {
    if (needFiles(spec)) {
      require(spec, known);
    }
  }

  private void require(DatasetSpec spec, Map<String, Database.Description> known) {
    FixtureFailures.of(new FixtureTests(resources, directory).run(spec, known))
        .ifPresent(
            failure -> {
              throw failure;
            });
  }
}
