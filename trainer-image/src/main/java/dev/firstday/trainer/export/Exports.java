package dev.firstday.trainer.export;

import dev.firstday.api.DatasetStatus;
import dev.firstday.contract.PodEnvironment;
import dev.firstday.contract.Run;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.store.ExportFiles;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells others of a version: {@code datasets/<name>/croissant/<n>.json} in S3, and an event of
 * lineage where a server for these is configured. None of it can fail a run, or hold it up for more
 * than seconds.
 */
public final class Exports {
  private static final Logger LOG = LoggerFactory.getLogger(Exports.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Store store;
  private final Optional<LineageServer> lineage;
  private final Clock clock;

  /**
   * @param environment the pod's
   */
  public Exports(Store store, Map<String, String> environment, Clock clock) {
    this.store = store;
    this.lineage =
        Optional.of(environment.getOrDefault(PodEnvironment.OPENLINEAGE_URL, ""))
            .filter(url -> !url.isBlank())
            .flatMap(url -> LineageServer.of(url, PATIENCE));
    this.clock = clock;
  }

  /**
   * To be called when a run has recorded a version, or has found it recorded: what is there already
   * is not written again.
   *
   * @param version as its record has it
   * @param checks what this run found
   */
  public void afterRecord(
      Run.Snapshot run,
      DatasetManifest manifest,
      DatasetStatus.Version version,
      List<CheckOutcome> checks) {
    ExportFiles files = store.exports(run.dataset());
    try {
      files.put(
          version.number(), Croissant.of(manifest, version, files.datasetUri(), files::objectUri));
    } catch (StoreException e) {
      LOG.warn(
          "{} could not be written, and will be with the next run: {}",
          files.uri(version.number()),
          e.getMessage());
    }
    lineage.ifPresent(
        server ->
            server.post(
                LineageEvent.of(
                    run, manifest, version, checks, files.datasetUri(), clock.instant())));
  }
}
