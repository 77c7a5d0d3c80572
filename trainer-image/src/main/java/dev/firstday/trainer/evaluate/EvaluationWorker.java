package dev.firstday.trainer.evaluate;

import dev.firstday.api.Errand;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.contract.RunResult.Evaluation.Score;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.artefact.SerialFilter;
import dev.firstday.sdk.data.SplitReader;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.trainer.Worker;
import dev.firstday.trainer.train.Splits;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scores versions of a model on a version of their data set that came after them. */
public final class EvaluationWorker implements Worker<Run.Evaluate> {
  private static final Logger LOG = LoggerFactory.getLogger(EvaluationWorker.class);

  private final Store store;
  private final SplitReader reader;
  private final Path directory;

  /**
   * @param directory for files while the run lasts
   */
  public EvaluationWorker(Store store, SplitReader reader, Path directory) {
    this.store = store;
    this.reader = reader;
    this.directory = directory;
  }

  @Override
  public RunResult run(Run.Evaluate run) {
    SerialFilter.require();
    Splits splits = Splits.of(run.dataset(), store, reader, directory);
    List<Score> scores =
        run.versions().stream().map(version -> score(version, splits, run)).toList();
    return new RunResult.Evaluation(run.uid(), scores);
  }

  /** What keeps one version from being scored is told of it; the others have their turn. */
  private Score score(Errand.Subject version, Splits splits, Run.Evaluate run) {
    try (Scoring scoring =
        Scoring.of(Recorded.open(version.digest(), store.objects()::read), splits)) {
      Score score = scoring.score(version.number(), run.maxDrop());
      LOG.info(
          "version {} of {} on {}/{}: {}",
          version.number(),
          run.model(),
          run.dataset().name(),
          run.dataset().number(),
          score);
      return score;
    } catch (StoreException e) {
      // neither a store that is away nor rows that are damaged are the version's fault
      throw e;
    } catch (RunFailure e) {
      LOG.warn("version {}: {}: {}", version.number(), e.reason(), e.getMessage());
      return new Score(version.number(), version.digest(), null, e.reason(), e.getMessage());
    }
  }
}
