package dev.firstday.cli.apiserver.store;

/** A change of one object. */
public sealed interface StoreEvent {

  /**
   * The object as the change left it; for a deletion its last state, with a revision of its own.
   */
  Stored now();

  record Added(Stored now) implements StoreEvent {}

  record Modified(Stored before, Stored now) implements StoreEvent {}

  record Deleted(Stored before, Stored now) implements StoreEvent {}
}
