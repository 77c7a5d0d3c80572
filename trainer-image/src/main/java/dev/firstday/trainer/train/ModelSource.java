package dev.firstday.trainer.train;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.Losses;
import dev.firstday.sdk.model.Model;
import dev.firstday.sdk.model.UserCode;
import dev.firstday.sdk.store.LocalFile;
import dev.firstday.sdk.store.RemoteFile;
import dev.firstday.sdk.store.UserFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The model that a run trains: declared in it, or a class out of a jar.
 *
 * @param model the model
 * @param loss what the label's reading follows
 * @param code the jar's bytes; empty for a declared model
 * @param codeDigest sha256 of the jar and the class's name, or of the declaration
 * @param cure who has to act when the model does not fit its data: a jar that no digest pins may be
 *     replaced without a change of the spec
 */
record ModelSource(Model model, Loss loss, byte[] code, String codeDigest, Cure cure)
    implements AutoCloseable {
  private static final long MAX_JAR = 256L * 1024 * 1024;

  static ModelSource of(Run.Train run, DatasetSpec.Column label, UserFiles files, Path directory) {
    return run.network() == null
        ? fromJar(run.code(), label, files, directory)
        : declared(run, label);
  }

  @Override
  public void close() {
    if (model instanceof UserCode userCode) {
      userCode.close();
    }
  }

  private static ModelSource declared(Run.Train run, DatasetSpec.Column label) {
    Loss declared = run.network().loss();
    Loss loss = declared == null ? Losses.of(label) : Losses.checked(label, declared);
    List<TrainingJobSpec.Feature> features = run.features() == null ? List.of() : run.features();
    return new ModelSource(
        new DeclarativeModel(features, run.network(), loss, run.epochs()),
        loss,
        new byte[0],
        Contract.digest(new Declaration(features, run.network())),
        Cure.FIX_SPEC);
  }

  private static ModelSource fromJar(
      TrainingJobSpec.Code code, DatasetSpec.Column label, UserFiles files, Path directory) {
    Cure cure = code.sha256() == null ? Cure.FIX_DATA : Cure.FIX_SPEC;
    LocalFile jar = fetch(code, files, directory);
    return new ModelSource(
        UserCode.load(jar.path(), code.className(), cure),
        Losses.of(label),
        bytes(jar.path()),
        Contract.digest(new Code(jar.digest(), code.className())),
        cure);
  }

  private static LocalFile fetch(TrainingJobSpec.Code code, UserFiles files, Path directory) {
    List<RemoteFile> found = files.list(code.jar());
    if (found.size() != 1) {
      throw new RunFailure(
          "CodeInvalid",
          "spec.code.jar: %s means %d files; name one".formatted(code.jar(), found.size()),
          Cure.FIX_SPEC);
    }
    if (found.get(0).bytes() > MAX_JAR) {
      throw new RunFailure(
          "CodeInvalid",
          "spec.code.jar: %s has %,d bytes, and %,d is the most: leave out what the trainer brings itself (DL4J and its natives)"
              .formatted(code.jar(), found.get(0).bytes(), MAX_JAR),
          Cure.FIX_DATA);
    }
    LocalFile jar = files.fetch(found.get(0), directory, "code.jar");
    if (code.sha256() != null && !code.sha256().equals(jar.digest())) {
      throw new RunFailure(
          "CodeDigestMismatch",
          "spec.code.sha256: the jar %s has sha256 %s; upload the jar that was meant, or name this one's sha256"
              .formatted(code.jar(), jar.digest()),
          Cure.FIX_DATA);
    }
    return jar;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private record Declaration(List<TrainingJobSpec.Feature> features, Network network) {}

  private record Code(String jar, String className) {}
}
