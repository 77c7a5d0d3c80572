package dev.firstday.trainer.train;

import dev.firstday.api.ModelVersion;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.artefact.Artefact;
import dev.firstday.sdk.artefact.ModelManifest;
import dev.firstday.sdk.artefact.SerialFilter;
import dev.firstday.sdk.data.SplitReader;
import dev.firstday.sdk.evaluation.Evaluation;
import dev.firstday.sdk.store.Store;
import dev.firstday.trainer.Interruption;
import dev.firstday.trainer.Worker;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Trains a model on a data set's version, judges it beside the best constant, and records it if the
 * gates pass. All reading is done before training begins.
 */
public final class TrainWorker implements Worker<Run.Train> {
  private final Store store;
  private final SplitReader reader;
  private final Path directory;
  private final Clock clock;
  private final Interruption interruption;
  private final PrintStream progress;
  private final ProgressBoard board;
  private final Toolchain toolchain;

  /**
   * @param directory for files while the run lasts
   * @param interruption says when to make a last checkpoint and leave
   * @param progress gets a line for each epoch
   * @param board shows each step
   * @param toolchain is recorded; a checkpoint of other libraries is not gone on with
   */
  public TrainWorker(
      Store store,
      SplitReader reader,
      Path directory,
      Clock clock,
      Interruption interruption,
      PrintStream progress,
      ProgressBoard board,
      Toolchain toolchain) {
    this.store = store;
    this.reader = reader;
    this.directory = directory;
    this.clock = clock;
    this.interruption = interruption;
    this.progress = progress;
    this.board = board;
    this.toolchain = toolchain;
  }

  @Override
  public RunResult run(Run.Train run) {
    SerialFilter.require();
    Recorder recorder = new Recorder(store, run.model());
    Optional<ModelVersion> before = recorder.recordedBy(run.uid());
    if (before.isPresent()) {
      // the attempt that recorded it may have been cut off before it tidied up
      RunCheckpoints.delete(store.checkpoints(run.trainingJob()), run.uid());
      return again(run, before.get());
    }
    Backend.require();
    Splits splits = Splits.of(run.dataset(), store, reader, directory);
    try (ModelSource source =
            ModelSource.of(
                run, splits.labels(), ModelSource.Files.uploaded(store.files(), directory));
        Prepared prepared = Prepared.of(run, splits, source);
        RunCheckpoints checkpoints = checkpoints(run, source, prepared)) {
      RunResult answer = train(run, splits, source, prepared, checkpoints, recorder);
      checkpoints.delete();
      return answer;
    }
  }

  /** The uid stands for spec and data; what else the numbers depend on is named beside it. */
  private RunCheckpoints checkpoints(Run.Train run, ModelSource source, Prepared prepared) {
    return new RunCheckpoints(
        store.checkpoints(run.trainingJob()),
        run.uid(),
        List.of(
            run.uid(),
            source.codeDigest(),
            prepared.network().getConfiguration().toJson(),
            toolchain.libraries()),
        Duration.ofSeconds(run.checkpointSeconds()),
        interruption,
        progress);
  }

  private RunResult train(
      Run.Train run,
      Splits splits,
      ModelSource source,
      Prepared prepared,
      Checkpoints checkpoints,
      Recorder recorder) {
    TrainedModel trained =
        TrainedModel.learn(
            run, splits, source, prepared, checkpoints, watcher(run.uid()), progress);
    Evaluation evaluation = trained.evaluation();
    Training.Outcome outcome = trained.outcome();
    if (!evaluation.failedGates().isEmpty()) {
      evaluation.failedGates().forEach(gate -> progress.println("gate failed: " + gate));
      return Answer.refused(run.uid(), evaluation, outcome);
    }
    Evaluation whole = trained.whole();
    Artefact artefact = trained.artefact(whole, toolchain);
    ModelVersion version = recorder.record(run.uid(), artefact, whole, clock.instant());
    progress.printf("recorded as %s/%d%n", run.model(), version.number());
    return Answer.recorded(run.uid(), version, outcome.epochs(), outcome.bestEpoch());
  }

  /** The log has a line for each epoch, and the board the present. */
  private Watcher watcher(String runUid) {
    Watcher boarded = board.watch(runUid);
    return new Watcher() {
      @Override
      public void step(Step step) {
        boarded.step(step);
      }

      @Override
      public void epoch(Epoch epoch) {
        progress.println(epoch.line());
        boarded.epoch(epoch);
      }
    };
  }

  private RunResult again(Run.Train run, ModelVersion version) {
    ModelManifest manifest = ModelManifest.load(version.digest(), store.objects()::read);
    return Answer.recorded(run.uid(), version, manifest.epochs(), manifest.bestEpoch());
  }
}
