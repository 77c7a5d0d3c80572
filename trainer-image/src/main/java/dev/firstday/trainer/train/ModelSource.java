package dev.firstday.trainer.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.Losses;
import dev.firstday.sdk.model.Model;
import dev.firstday.sdk.model.UserCode;
import dev.firstday.sdk.store.LocalFile;
import dev.firstday.sdk.store.UserFiles;
import dev.firstday.trainer.train.start.StartingPoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The model that a run trains: declared in it, or a class out of a jar.
 *
 * @param model the model
 * @param loss what the label's reading follows
 * @param code the jar's bytes; empty for a declared model
 * @param codeDigest sha256 of the jar and the class's name, or of the declaration
 * @param cure who has to act when the model does not fit its data: a jar that no digest pins may be
 *     replaced without a change of the spec
 * @param start what the network begins with; empty: chance decides its first weights
 */
record ModelSource(
    Model model,
    Loss loss,
    byte[] code,
    String codeDigest,
    Cure cure,
    Optional<StartingPoint> start)
    implements AutoCloseable {
  private static final long MAX_NETWORK = 1024L * 1024 * 1024;
  private static final long MAX_JAR = 256L * 1024 * 1024;

  static ModelSource of(Run.Train run, DatasetSpec.Column label, UserFiles files, Path directory) {
    return run.network() == null
        ? fromJar(run.code(), label, files, directory)
        : declared(run, label, files, directory);
  }

  @Override
  public void close() {
    if (model instanceof UserCode userCode) {
      userCode.close();
    }
  }

  private static ModelSource declared(
      Run.Train run, DatasetSpec.Column label, UserFiles files, Path directory) {
    Network network = run.network();
    Loss loss = network.loss() == null ? Losses.of(label) : Losses.checked(label, network.loss());
    List<TrainingJobSpec.Feature> features = run.features() == null ? List.of() : run.features();
    if (network.from() == null) {
      return new ModelSource(
          new DeclarativeModel(features, network, loss, run.epochs()),
          loss,
          new byte[0],
          Contract.digest(new Declaration(features, network, null)),
          Cure.FIX_SPEC,
          Optional.empty());
    }
    LocalFile file = wanted(network.from()).fetch(files, directory, "network");
    StartingPoint start = StartingPoint.read(network.from().file(), WantedFile.bytes(file));
    return new ModelSource(
        start.model(new DeclarativeModel(features, network, loss, run.epochs())),
        loss,
        new byte[0],
        Contract.digest(new Declaration(features, network, file.digest())),
        network.from().sha256() == null ? Cure.FIX_DATA : Cure.FIX_SPEC,
        Optional.of(start));
  }

  private static WantedFile wanted(Network.StartingFile from) {
    return new WantedFile(
        "Network", "spec.network.from.file", from.file(), from.sha256(), MAX_NETWORK);
  }

  private static ModelSource fromJar(
      TrainingJobSpec.Code code, DatasetSpec.Column label, UserFiles files, Path directory) {
    Cure cure = code.sha256() == null ? Cure.FIX_DATA : Cure.FIX_SPEC;
    LocalFile jar =
        new WantedFile("Code", "spec.code.jar", code.jar(), code.sha256(), MAX_JAR)
            .fetch(files, directory, "code.jar");
    return new ModelSource(
        UserCode.load(jar.path(), code.className(), cure),
        Losses.of(label),
        WantedFile.bytes(jar),
        Contract.digest(new Code(jar.digest(), code.className())),
        cure,
        Optional.empty());
  }

  /**
   * @param file sha256 of the network that training begins with; null: it begins with chance
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Declaration(
      List<TrainingJobSpec.Feature> features, Network network, String file) {}

  private record Code(String jar, String className) {}
}
