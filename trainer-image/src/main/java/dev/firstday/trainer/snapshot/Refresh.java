package dev.firstday.trainer.snapshot;

import dev.firstday.api.DatasetStatus.RefreshTrigger;
import dev.firstday.contract.Run;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.CheckOutcome;
import dev.firstday.sdk.data.CheckRecord;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.ResultLog;
import dev.firstday.sdk.store.ObjectStore;
import dev.firstday.sdk.store.Store;
import dev.firstday.sdk.store.SweepMarks;
import dev.firstday.sdk.store.VersionRecord;
import dev.firstday.trainer.check.CheckPlan;
import dev.firstday.trainer.sql.SqlResources;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a data set, from a look at its files to the record of its version. */
final class Refresh {
  private static final Logger LOG = LoggerFactory.getLogger(Refresh.class);

  private final Run.Snapshot run;
  private final CheckPlan plan;
  private final Needs needs;
  private final ObjectStore objects;
  private final Journal journal;
  private final StoredVersions stored;
  private final SourceFetcher fetcher;
  private final TransformTests tests;
  private final SnapshotBuilder builder;
  private final Examination examination;
  private final Neighbours neighbours;
  private final SweepMarks marks;
  private final Clock clock;

  /**
   * @param directory for the run's files
   * @throws RunFailure InvalidSpec, or InvalidCheck
   */
  Refresh(Run.Snapshot run, Store store, SqlResources resources, Path directory, Clock clock) {
    SpecRules.require(run.spec());
    this.run = run;
    this.plan = CheckPlan.of(run.spec());
    Path versions = directory.resolve("versions");
    this.objects = store.objects();
    this.journal = new Journal(store, run, clock);
    this.stored = new StoredVersions(objects, versions);
    this.fetcher = new SourceFetcher(store.files(), directory.resolve("sources"));
    this.tests = new TransformTests(resources, directory);
    this.builder = new SnapshotBuilder(resources, directory, versions);
    this.examination = new Examination(resources, directory);
    this.needs = Needs.of(run.spec());
    this.neighbours = new Neighbours(run, needs, journal, stored, examination);
    this.marks = store.sweepMarks(run.dataset());
    this.clock = clock;
  }

  /**
   * Brings the data set up to date.
   *
   * @throws RunFailure when that cannot be; nothing is recorded then
   */
  Refreshed run() {
    List<CheckRecord> recent = journal.recent();
    Optional<CheckRecord> mine = ResultLog.ofRun(recent, run.uid());
    if (mine.isPresent() && isComplete(mine.get())) {
      LOG.info("an earlier attempt found what is in result {}", mine.get().number());
      return record(mine.get());
    }
    SourceListing sources = fetcher.list(run.spec().source());
    Optional<CheckRecord> known = NextStep.known(recent, sources.digest(), run.previous());
    NextStep.State state = known.map(this::state).orElse(NextStep.State.NEW);
    return switch (NextStep.of(run.trigger(), state)) {
      case ANSWER -> state.refused() ? answer(known.get(), sources) : answer(journal.current());
      case RECHECK -> recheck(sources);
      case BUILD -> build(sources);
    };
  }

  /** An earlier attempt may be so long ago that what it stored was swept since. */
  private boolean isComplete(CheckRecord mine) {
    return !mine.built() || stored.isComplete(DatasetManifest.load(objects, mine.digest()));
  }

  private NextStep.State state(CheckRecord known) {
    boolean refused = NextStep.isRefused(known);
    if (run.trigger() == RefreshTrigger.SPEC && objects.bytes(known.digest()).isEmpty()) {
      return NextStep.State.NEW;
    }
    DatasetManifest manifest =
        refused ? DatasetManifest.load(objects, known.digest()) : stored.manifest(run.previous());
    return new NextStep.State(
        Recipe.isThatOf(manifest, run.spec(), Engine.here()),
        refused,
        run.trigger() != RefreshTrigger.SPEC || stored.isComplete(manifest),
        TransformTests.needFiles(run.spec()));
  }

  private Refreshed answer(VersionRecord version) {
    LOG.info("nothing is new: it stays at version {}", version.number());
    return new Refreshed(version, Optional.empty(), Optional.empty());
  }

  private Refreshed answer(CheckRecord refused, SourceListing sources) {
    return journal.refused(refused).map(this::answer).orElseGet(() -> build(sources));
  }

  private Refreshed recheck(SourceListing sources) {
    LOG.info("nothing is new: version {} is looked at again", run.previous().number());
    tests.require(run.spec());
    VersionFiles version = stored.files(run.previous());
    List<CheckOutcome> outcomes =
        examination.check(
            plan, version, neighbours.ofCurrent(), List.of(), objects::put, clock.instant());
    return record(journal.record(run.previous().digest(), sources.digest(), outcomes));
  }

  private Refreshed build(SourceListing listing) {
    tests.require(run.spec());
    List<SourceTable> sources = fetcher.fetch(listing);
    LOG.info("fetched {} files", sources.stream().mapToInt(s -> s.files().size()).sum());
    SnapshotBuilder.Snapshot snapshot =
        builder.build(
            run.spec(), plan, sources, known -> tests.requireWithFiles(run.spec(), known));
    LOG.info("rows by split: {}", snapshot.rows());
    DatasetManifest manifest = Recipe.manifest(run.dataset(), run.spec(), sources, snapshot);
    VersionFiles version = snapshot.files(manifest);
    List<CheckOutcome> outcomes =
        examination.check(
            plan,
            version,
            neighbours.ofBuilt(manifest),
            sources.stream().filter(table -> needs.sources().contains(table.name())).toList(),
            objects::put,
            clock.instant());
    version.splits().values().forEach(objects::put);
    return record(journal.record(manifest.store(objects), listing.digest(), outcomes));
  }

  /** What was found says which version it is, whichever attempt found it. */
  private Refreshed record(CheckRecord result) {
    if (!result.built()) {
      return new Refreshed(journal.current(), Optional.of(result), Optional.empty());
    }
    DatasetManifest manifest = DatasetManifest.load(objects, result.digest());
    VersionRecord version = journal.version(result, manifest, () -> neighbours.tag(manifest));
    marks.clear(version.number());
    LOG.info(
        "{}: version {}{}, {}",
        run.dataset(),
        version.number(),
        version.refused() ? " (refused)" : "",
        version.digest());
    return new Refreshed(version, Optional.of(result), Optional.of(manifest));
  }
}
