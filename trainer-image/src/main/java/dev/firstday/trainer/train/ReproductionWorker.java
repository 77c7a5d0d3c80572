package dev.firstday.trainer.train;

import dev.firstday.api.Errand;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.Artefact;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.artefact.SerialFilter;
import dev.firstday.sdk.data.SplitReader;
import dev.firstday.sdk.evaluation.Evaluation;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.Worker;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Trains a recorded version once more, from what its manifest pins: the data set's version, the
 * recipe, and the jar or the starting network among its files. What comes out is compared with what
 * is recorded, and thrown away.
 */
public final class ReproductionWorker implements Worker<Run.Reproduce> {
  private final Store store;
  private final SplitReader reader;
  private final Path directory;
  private final PrintStream progress;
  private final Toolchain toolchain;

  /**
   * @param directory for files while the run lasts
   * @param progress gets a line for each epoch
   * @param toolchain trains it now
   */
  public ReproductionWorker(
      Store store, SplitReader reader, Path directory, PrintStream progress, Toolchain toolchain) {
    this.store = store;
    this.reader = reader;
    this.directory = directory;
    this.progress = progress;
    this.toolchain = toolchain;
  }

  /**
   * What keeps the version from being trained again is said of it; S3 that is away is waited for.
   */
  @Override
  public RunResult run(Run.Reproduce run) {
    SerialFilter.require();
    Backend.require();
    Errand.Subject version = run.version();
    try {
      ModelManifest recorded = ModelManifest.load(version.digest(), store.objects()::read);
      Evaluation then = recorded.evaluation(store.objects()::read);
      Comparison comparison = Comparison.of(recorded, then, train(recorded));
      progress.printf(
          "%s/%d: %s: %s%n",
          run.model(), version.number(), comparison.verdict(), comparison.message());
      return new RunResult.Reproduction(
          run.uid(), version.digest(), comparison.verdict(), comparison.message());
    } catch (RunFailure e) {
      if (e.cure() == Cure.WAIT) {
        throw e;
      }
      return new RunResult.Reproduction(run.uid(), version.digest(), e.reason(), e.getMessage());
    }
  }

  /** Without checkpoints: a lost pod begins anew, and nothing of it lies in S3. */
  private Artefact train(ModelManifest recorded) {
    Run.Train recipe = recorded.recipe(store.objects()::read);
    Splits splits = Splits.of(recipe.dataset(), store, reader, directory);
    try (ModelSource source =
            ModelSource.of(
                recipe, splits.labels(), ModelSource.Files.stored(store.objects(), directory));
        Prepared prepared = Prepared.of(recipe, splits, source)) {
      TrainedModel trained =
          TrainedModel.learn(
              recipe,
              splits,
              source,
              prepared,
              Checkpoints.NONE,
              epoch -> progress.println(epoch.line()),
              progress);
      return trained.artefact(trained.whole(), toolchain);
    }
  }
}
