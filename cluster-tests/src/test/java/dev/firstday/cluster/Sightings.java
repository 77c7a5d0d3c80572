package dev.firstday.cluster;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;

/** Looks at an object whenever it comes or changes, and at its last state when it goes. */
interface Sightings<T> extends ResourceEventHandler<T> {
  void note(T seen);

  @Override
  default void onAdd(T seen) {
    note(seen);
  }

  @Override
  default void onUpdate(T before, T seen) {
    note(seen);
  }

  @Override
  default void onDelete(T last, boolean isOld) {
    note(last);
  }
}
