package dev.firstday.trainer.snapshot;

import dev.firstday.contract.Run;
import dev.firstday.contract.Run.DatasetVersionReference;
import dev.firstday.contract.RunResult;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.store.VersionRecord;
import dev.firstday.trainer.snapshot.Examination.Beside;
import dev.firstday.trainer.snapshot.Examination.Other;
import dev.firstday.trainer.snapshot.Tag.Change;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions beside the one at hand: what it is compared with, fetched only when it is. */
final class Neighbours {
  private static final Logger LOG = LoggerFactory.getLogger(Neighbours.class);

  private final Run.Snapshot run;
  private final Needs needs;
  private final Journal journal;
  private final StoredVersions stored;
  private final Examination examination;

  Neighbours(
      Run.Snapshot run,
      Needs needs,
      Journal journal,
      StoredVersions stored,
      Examination examination) {
    this.run = run;
    this.needs = needs;
    this.journal = journal;
    this.stored = stored;
    this.examination = examination;
  }

  /** What a version that was built is compared with: the current one, unless it is the same. */
  Beside ofBuilt(DatasetManifest built) {
    if (run.previous() != null && run.previous().digest().equals(built.digest())) {
      return ofCurrent();
    }
    return new Beside(
        Optional.ofNullable(run.previous()).filter(previous -> needs.previous()).map(this::other),
        pinned(),
        journal.history(needs.history(), ""));
  }

  /** What the current version is compared with: the good one before it, unless that was swept. */
  Beside ofCurrent() {
    return new Beside(
        needs.previous() ? beforeCurrent() : Optional.empty(),
        pinned(),
        journal.history(needs.history(), run.previous().digest()));
  }

  private Optional<Other> beforeCurrent() {
    return journal
        .before(journal.current())
        .flatMap(
            before ->
                stored.ifThere(reference(before)).map(files -> new Other(before.number(), files)));
  }

  private Optional<Other> pinned() {
    return Optional.ofNullable(run.pinned()).filter(pinned -> needs.pinned()).map(this::other);
  }

  private Other other(DatasetVersionReference version) {
    return new Other(version.number(), stored.files(version));
  }

  private DatasetVersionReference reference(VersionRecord version) {
    return new DatasetVersionReference(run.dataset(), version.number(), version.digest());
  }

  /** What people call a version, by how it differs from the current one. */
  Tag tag(DatasetManifest version) {
    if (run.previous() == null) {
      return Tag.FIRST;
    }
    Tag before = Tag.parse(journal.current().summary(Journal.Summary.class).version().tag());
    return before.after(change(version));
  }

  private Change change(DatasetManifest version) {
    try {
      Optional<Change> known = Change.of(stored.manifest(run.previous()), version);
      if (known.isPresent()) {
        return known.get();
      }
      return examination.keepsAllRows(stored.files(run.previous()), stored.files(version))
          ? Change.MORE_ROWS
          : Change.OTHER_ROWS;
    } catch (RunFailure e) {
      if (!e.reason().equals(RunResult.VERSION_DAMAGED)) {
        throw e;
      }
      // the way out of a damaged version is a new one
      LOG.warn("the rows of the new version count as others: {}", e.getMessage());
      return Change.OTHER_ROWS;
    }
  }
}
