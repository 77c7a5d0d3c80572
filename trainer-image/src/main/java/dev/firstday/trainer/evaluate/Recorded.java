package dev.firstday.trainer.evaluate;

import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.LoadedModel;
import dev.firstday.sdk.artefact.ObjectSource;
import dev.firstday.sdk.evaluation.Evaluation;
import dev.firstday.sdk.store.StoreException;

/**
 * A version as it was recorded.
 *
 * @param evaluation how it scored at training
 */
record Recorded(LoadedModel model, Evaluation evaluation) {

  /**
   * @throws StoreException when the store does not answer, which says nothing about the version
   * @throws RunFailure when a file of the version is gone, damaged or unsafe
   */
  static Recorded open(String digest, ObjectSource objects) {
    try {
      LoadedModel model = LoadedModel.open(digest, objects);
      return new Recorded(model, model.manifest().evaluation(objects));
    } catch (StoreException e) {
      if (e.why().isAboutOneObject()) {
        throw new RunFailure(e.reason(), e.getMessage(), Cure.FIX_DATA, e);
      }
      throw e;
    }
  }
}
