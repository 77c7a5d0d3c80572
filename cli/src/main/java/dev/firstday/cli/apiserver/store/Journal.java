package dev.firstday.cli.apiserver.store;

import java.io.IOException;
import java.util.Collection;

/**
 * Remembers what was written. The store calls it under its lock, before anyone hears of a write.
 */
public interface Journal {

  /** What was remembered when it was opened. */
  record Contents(long revision, Collection<Stored> objects) {}

  Contents open() throws IOException;

  void written(Stored now);

  void removed(Stored last);

  /** Whether the record of changes has grown so long that a snapshot should replace it. */
  boolean wantsSnapshot();

  void snapshot(Snapshot everything);

  void close() throws IOException;
}
