package dev.firstday.trainer.snapshot;

import dev.firstday.contract.Run.DatasetVersionReference;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.store.ObjectStore;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.sdk.store.StoreException.Reason;
import java.nio.file.Path;
import java.util.Optional;

/** Versions that are in S3: their bytes are verified whenever they are read. */
final class StoredVersions {
  private final ObjectStore objects;
  private final Path directory;

  /**
   * @param directory where their files are put
   */
  StoredVersions(ObjectStore objects, Path directory) {
    this.objects = objects;
    this.directory = directory;
  }

  /**
   * @throws dev.firstday.sdk.RunFailure VersionDamaged
   */
  DatasetManifest manifest(DatasetVersionReference version) {
    try {
      return DatasetManifest.load(objects, version.digest());
    } catch (StoreException e) {
      throw explain(version, e);
    }
  }

  /**
   * @throws dev.firstday.sdk.RunFailure VersionDamaged
   */
  VersionFiles files(DatasetVersionReference version) {
    DatasetManifest manifest = manifest(version);
    try {
      return VersionFiles.fetch(manifest, objects, directory);
    } catch (StoreException e) {
      throw explain(version, e);
    }
  }

  /** The files of a version that nobody refers to yet. */
  VersionFiles files(DatasetManifest version) {
    return VersionFiles.fetch(version, objects, directory);
  }

  /** The version's files, unless they are gone, as those of a version that was swept are. */
  Optional<VersionFiles> ifThere(DatasetVersionReference version) {
    DatasetManifest manifest = manifest(version);
    return isComplete(manifest) ? Optional.of(files(version)) : Optional.empty();
  }

  /** Whether all of a version's files are there; their content is not looked at. */
  boolean isComplete(DatasetManifest manifest) {
    return VersionFiles.objects(manifest).values().stream()
        .allMatch(object -> objects.bytes(object.digest()).isPresent());
  }

  private static RuntimeException explain(DatasetVersionReference version, StoreException e) {
    return e.why() == Reason.OBJECT_NOT_FOUND || e.why() == Reason.DIGEST_MISMATCH
        ? SnapshotFailures.versionDamaged(version, e)
        : e;
  }
}
