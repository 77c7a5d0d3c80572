package dev.firstday.cli.model;

import dev.firstday.api.Model;
import dev.firstday.api.ModelVersion;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.signing.SignedFiles;
import dev.firstday.sdk.store.ObjectStore;
import dev.firstday.sdk.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/** A version of a model as it lies in S3. */
record StoredVersion(String model, int number, String digest, ModelManifest manifest) {

  /**
   * @throws CommandFailure when the model does not list it, or it is not all there
   */
  static StoredVersion of(Model model, int number, Store store) throws CommandFailure {
    ModelVersion version = Versions.chosen(model, number);
    ObjectStore objects = store.objects();
    try {
      ModelManifest manifest = ModelManifest.load(version.digest(), objects::read);
      for (Map.Entry<String, ModelManifest.FileReference> file : manifest.files().entrySet()) {
        OptionalLong bytes = objects.bytes(file.getValue().digest());
        if (!bytes.equals(OptionalLong.of(file.getValue().bytes()))) {
          throw new CommandFailure(
              "%s of version %d, %s, %s; restore it from a backup"
                  .formatted(
                      file.getKey(),
                      number,
                      objects.uri(file.getValue().digest()),
                      bytes.isEmpty() ? "is gone" : "is not as long as it was"));
        }
      }
      return new StoredVersion(model.getMetadata().getName(), number, version.digest(), manifest);
    } catch (RunFailure e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }

  /** What a signature of it is about. */
  SignedFiles files() {
    return SignedFiles.of(digest, manifest);
  }

  /**
   * Writes each file, held against its sha256, and the manifest.
   *
   * @throws CommandFailure when one is damaged, or S3 does not answer
   */
  void write(Store store, Path folder) throws IOException, CommandFailure {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> file : files().digests().entrySet()) {
      Path target = within(folder, file.getKey());
      try {
        Files.move(store.objects().fetch(file.getValue(), folder), target);
      } catch (RunFailure e) {
        throw new CommandFailure(e.getMessage(), e);
      }
    }
  }

  /** Where the file lies: a name comes from S3, and is to be no path. */
  private static Path within(Path folder, String name) throws CommandFailure {
    try {
      Path target = folder.resolve(name).normalize();
      if (folder.normalize().equals(target.getParent())) {
        return target;
      }
    } catch (InvalidPathException e) {
      throw new CommandFailure("the manifest names a file by what is no name: " + e.getReason(), e);
    }
    throw new CommandFailure(
        "the manifest names a file %s, which would not lie in %s".formatted(name, folder));
  }
}
