package dev.firstday.cli.apiserver.control;

import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.kinds.KindRulebook;
import dev.firstday.cli.apiserver.objects.DeleteOptions;
import dev.firstday.cli.apiserver.store.ObjectKey;
import dev.firstday.cli.apiserver.store.ResourceId;
import dev.firstday.cli.apiserver.store.Store;
import dev.firstday.cli.apiserver.store.StoreEvent;
import dev.firstday.cli.apiserver.store.Stored;
import java.util.List;
import java.util.function.Predicate;

/** Empties namespaces, and the resources of definitions, that are being deleted. */
public final class Draining {
  private static final ResourceId NAMESPACES = new ResourceId("", "namespaces");
  private static final ResourceId DEFINITIONS =
      new ResourceId("apiextensions.k8s.io", "customresourcedefinitions");

  private final Store store;
  private final Changes changes;

  public Draining(Store store, Changes changes) {
    this.store = store;
    this.changes = changes;
  }

  void act(StoreEvent event) {
    Stored now = event.now();
    if (event instanceof StoreEvent.Deleted) {
      look(NAMESPACES, now.key().namespace());
      look(DEFINITIONS, now.resource().toString());
    } else if (now.isTerminating()) {
      look(now.resource(), now.key().name());
    }
  }

  private void look(ResourceId resource, String name) {
    if (name.isEmpty()) {
      return;
    }
    store
        .get(resource, new ObjectKey("", name))
        .filter(Stored::isTerminating)
        .ifPresent(this::drain);
  }

  private void drain(Stored container) {
    String name = container.key().name();
    if (container.resource().equals(NAMESPACES)) {
      if (isEmptied(stored -> stored.key().namespace().equals(name))) {
        changes.change(
            container,
            live -> {
              Json.child(live, "spec").remove("finalizers");
              return live;
            });
      }
    } else if (container.resource().equals(DEFINITIONS)
        && isEmptied(stored -> stored.resource().toString().equals(name))) {
      changes.removeFinalizer(container, KindRulebook.CLEANUP);
    }
  }

  /** Deletes what is left; what has finalizers goes when they do. */
  private boolean isEmptied(Predicate<Stored> content) {
    List<Stored> left = store.everything().objects().stream().filter(content).toList();
    left.stream()
        .filter(stored -> !stored.isTerminating())
        .forEach(stored -> changes.delete(stored, DeleteOptions.background(stored.uid())));
    return left.isEmpty();
  }
}
