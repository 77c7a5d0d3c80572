package dev.firstday.cli.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.firstday.api.ModelVersion;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.store.Store;

/** What the manifests of a version and of its data set say, which the Model's status does not. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoredLineage(ModelVersion version, ModelManifest manifest, DatasetManifest dataset) {
  /**
   * @throws CommandFailure when a manifest is gone or is not as it was recorded, or S3 does not
   *     answer
   */
  static StoredLineage of(ModelVersion version, Store store) throws CommandFailure {
    try {
      ModelManifest manifest = ModelManifest.load(version.digest(), store.objects()::read);
      return new StoredLineage(
          version, manifest, DatasetManifest.load(store.objects(), manifest.dataset().digest()));
    } catch (RunFailure e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }
}
