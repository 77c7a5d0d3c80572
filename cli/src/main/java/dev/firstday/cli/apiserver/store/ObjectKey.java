package dev.firstday.cli.apiserver.store;

import java.util.Comparator;

/**
 * An object of a resource.
 *
 * @param namespace {@code ""} when the resource belongs to the whole cluster
 */
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {
  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }
}
