package dev.firstday.trainer.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.firstday.api.DatasetSpec;
import dev.firstday.api.Network;
import dev.firstday.api.Network.Loss;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.Losses;
import dev.firstday.sdk.model.Model;
import dev.firstday.sdk.model.UserCode;
import dev.firstday.sdk.store.LocalFile;
import dev.firstday.sdk.store.ObjectStore;
import dev.firstday.sdk.store.UserFiles;
import dev.firstday.trainer.train.start.StartingPoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The model that a run trains: declared in it, or a class out of a jar.
 *
 * @param model the model
 * @param loss what the labels' reading follows
 * @param code the jar's bytes; empty for a declared model
 * @param codeDigest sha256 of the jar and the class's name, or of the declaration
 * @param cure who has to act when the model does not fit its data: a jar that no digest pins may be
 *     replaced without a change of the spec
 * @param start what the network begins with; empty: chance decides its first weights
 * @param begin the bytes of the file that it is from; empty likewise
 * @param recipe what the run asks for, its files by digest and under the artefact's names
 */
record ModelSource(
    Model model,
    Loss loss,
    byte[] code,
    String codeDigest,
    Cure cure,
    Optional<StartingPoint> start,
    byte[] begin,
    Run.Train recipe)
    implements AutoCloseable {
  private static final long MAX_NETWORK = 1024L * 1024 * 1024;
  private static final long MAX_JAR = 256L * 1024 * 1024;

  /** Where files come from that a run names. */
  interface Files {
    LocalFile fetch(WantedFile wanted, String name);

    /** Where users uploaded them. */
    static Files uploaded(UserFiles files, Path directory) {
      return (wanted, name) -> wanted.fetch(files, directory, name);
    }

    /** Among the files of a version, which its recipe names by digest. */
    static Files stored(ObjectStore objects, Path directory) {
      return (wanted, name) -> LocalFile.of(objects.fetch(wanted.sha256(), directory));
    }
  }

  static ModelSource of(Run.Train run, List<DatasetSpec.Column> labels, Files files) {
    return run.network() == null ? fromJar(run, labels, files) : declared(run, labels, files);
  }

  @Override
  public void close() {
    if (model instanceof UserCode userCode) {
      userCode.close();
    }
  }

  private static ModelSource declared(Run.Train run, List<DatasetSpec.Column> labels, Files files) {
    Network network = run.network();
    Loss loss = network.loss() == null ? Losses.of(labels) : Losses.checked(labels, network.loss());
    List<TrainingJobSpec.Feature> features = run.features() == null ? List.of() : run.features();
    if (network.from() == null) {
      return new ModelSource(
          new DeclarativeModel(features, network, loss, run.epochs()),
          loss,
          new byte[0],
          Contract.digest(new Declaration(features, network, null)),
          Cure.FIX_SPEC,
          Optional.empty(),
          new byte[0],
          run.recipe(network, null));
    }
    LocalFile file = files.fetch(wanted(network.from()), "network");
    byte[] content = WantedFile.bytes(file);
    StartingPoint start = StartingPoint.read(network.from().file(), content);
    return new ModelSource(
        start.model(new DeclarativeModel(features, network, loss, run.epochs())),
        loss,
        new byte[0],
        Contract.digest(new Declaration(features, network, file.digest())),
        network.from().sha256() == null ? Cure.FIX_DATA : Cure.FIX_SPEC,
        Optional.of(start),
        content,
        run.recipe(pinned(network, file.digest()), null));
  }

  /** The ending of a file's name says what it is. */
  private static Network pinned(Network network, String sha256) {
    String file = network.from().file();
    return new Network(
        new Network.StartingFile(
            ModelManifest.START + file.substring(file.lastIndexOf('.')), sha256),
        network.sequence(),
        network.layers(),
        network.loss(),
        network.updater(),
        network.l1(),
        network.l2());
  }

  private static WantedFile wanted(Network.StartingFile from) {
    return new WantedFile(
        "Network", "spec.network.from.file", from.file(), from.sha256(), MAX_NETWORK);
  }

  private static ModelSource fromJar(Run.Train run, List<DatasetSpec.Column> labels, Files files) {
    TrainingJobSpec.Code code = run.code();
    Cure cure = code.sha256() == null ? Cure.FIX_DATA : Cure.FIX_SPEC;
    LocalFile jar =
        files.fetch(
            new WantedFile("Code", "spec.code.jar", code.jar(), code.sha256(), MAX_JAR),
            ModelManifest.CODE);
    return new ModelSource(
        UserCode.load(jar.path(), code.className(), cure),
        Losses.of(labels),
        WantedFile.bytes(jar),
        Contract.digest(new Code(jar.digest(), code.className())),
        cure,
        Optional.empty(),
        new byte[0],
        run.recipe(
            null, new TrainingJobSpec.Code(ModelManifest.CODE, jar.digest(), code.className())));
  }

  /**
   * @param file sha256 of the network that training begins with; null: it begins with chance
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Declaration(
      List<TrainingJobSpec.Feature> features, Network network, String file) {}

  private record Code(String jar, String className) {}
}
