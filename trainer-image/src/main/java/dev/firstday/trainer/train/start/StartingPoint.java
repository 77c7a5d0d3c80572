package dev.firstday.trainer.train.start;

import dev.firstday.api.Network.Loss;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.ArtefactException;
import dev.firstday.sdk.feature.Features;
import dev.firstday.sdk.model.DeclarativeModel;
import dev.firstday.sdk.model.Model;
import dev.firstday.sdk.model.Task;

/** A network out of a file, with which training begins. */
public sealed interface StartingPoint permits KerasNetwork, GraphFile {
  /**
   * The model that is trained.
   *
   * @param declared what the job says beside the file
   */
  Model model(DeclarativeModel declared);

  /**
   * @throws RunFailure when the file's network cannot take the features, or ends otherwise than the
   *     label asks for
   */
  void requireFit(Features features, Task task, Loss loss);

  /** The first weights, in DL4J's order; none: chance decides. */
  float[] weights();

  /**
   * Reads a file by the ending of its name.
   *
   * @param name ends with {@code .keras}, {@code .h5}, {@code .json} or {@code .zip}
   * @throws RunFailure when it is no network, or one that must not be opened
   */
  static StartingPoint read(String name, byte[] content) {
    try {
      return name.endsWith(".keras") || name.endsWith(".h5")
          ? KerasFile.read(name, content)
          : GraphFile.read(name, content);
    } catch (ArtefactException e) {
      throw failure(e.reason(), e.getMessage(), e);
    } catch (RunFailure e) {
      throw e;
    } catch (RuntimeException e) {
      // whatever a reader stumbles over in a file that is none
      throw failure("NetworkDamaged", "%s cannot be read: %s; save it anew".formatted(name, e), e);
    }
  }

  /** The world outside the spec has to act: the file. */
  static RunFailure failure(String reason, String message, Throwable cause) {
    return new RunFailure(reason, "spec.network.from.file: " + message, Cure.FIX_DATA, cause);
  }
}
