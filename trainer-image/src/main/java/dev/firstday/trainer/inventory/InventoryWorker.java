package dev.firstday.trainer.inventory;

import dev.firstday.api.ModelVersion;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.SweepMarks.State;
import dev.firstday.sdk.store.VersionLog;
import dev.firstday.trainer.Worker;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lists versions of a model that S3 holds, newest first. */
public final class InventoryWorker implements Worker<Run.Inventory> {
  private final Store store;

  public InventoryWorker(Store store) {
    this.store = store;
  }

  @Override
  public RunResult run(Run.Inventory run) {
    VersionLog log = store.modelVersions(run.model());
    Map<Integer, State> states = store.modelSweepMarks(run.model()).states();
    List<Integer> numbers =
        log.numbers().stream()
            .filter(number -> states.getOrDefault(number, State.MARKED) == State.MARKED)
            .toList();
    int older = Math.max(0, numbers.size() - run.limit());
    List<ModelVersion> listed =
        Stream.concat(
                numbers.subList(older, numbers.size()).stream(),
                numbers.subList(0, older).stream().filter(run.also()::contains))
            .sorted(Comparator.reverseOrder())
            .map(log::read)
            .map(record -> record.summary(ModelVersion.class))
            .toList();
    return new RunResult.Inventory(
        run.uid(),
        numbers.size(),
        listed,
        numbers.stream().filter(number -> states.get(number) == State.MARKED).toList());
  }
}
