package dev.firstday.trainer.inventory;

import dev.firstday.api.ModelVersion;
import dev.firstday.contract.Run;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.VersionLog;
import dev.firstday.trainer.Worker;
import java.util.List;
import java.util.stream.IntStream;

/** Lists the versions of a model that S3 holds, newest first. */
public final class InventoryWorker implements Worker<Run.Inventory> {
  private final Store store;

  public InventoryWorker(Store store) {
    this.store = store;
  }

  @Override
  public RunResult run(Run.Inventory run) {
    VersionLog log = store.modelVersions(run.model());
    List<Integer> numbers = log.numbers();
    List<ModelVersion> newest =
        IntStream.range(0, Math.min(run.limit(), numbers.size()))
            .mapToObj(back -> log.read(numbers.get(numbers.size() - 1 - back)))
            .map(record -> record.summary(ModelVersion.class))
            .toList();
    return new RunResult.Inventory(run.uid(), numbers.size(), newest);
  }
}
