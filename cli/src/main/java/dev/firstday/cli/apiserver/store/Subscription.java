package dev.firstday.cli.apiserver.store;

/** A listener's place in the store. */
@FunctionalInterface
public interface Subscription {

  /** Ends it; a change that is being told at this moment may still arrive. */
  void cancel();
}
