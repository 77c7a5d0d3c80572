package dev.firstday.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A kind that one controller watches, and that others look at as well: they share its cache and
 * hear of its changes, so that a resource is sent, read and kept once, however many are interested.
 * One that cannot be read is for its own controller to tell of; for others it is not there.
 */
public final class SharedKind<R extends HasMetadata> {
  private static final String UNREADABLE = "unreadable";

  private final Class<R> kind;
  private final List<Subscription<?>> subscriptions = new CopyOnWriteArrayList<>();
  private final CompletableFuture<ControllerEventSource<R>> published = new CompletableFuture<>();
  private boolean filled;

  /** UIDs of resources that were in the cache before anybody could miss them. */
  private final Set<String> found = ConcurrentHashMap.newKeySet();

  public SharedKind(Class<R> kind) {
    this.kind = kind;
  }

  /** For the controller whose resources these are: it fills the cache, and tells of changes. */
  public EventSource<R, R> publish(EventSourceContext<R> context) {
    ControllerEventSource<R> cache = (ControllerEventSource<R>) context.getPrimaryCache();
    cache.addIndexer(
        UNREADABLE,
        resource ->
            Unreadable.is(resource) ? List.of(resource.getMetadata().getNamespace()) : List.of());
    published.complete(cache);
    return new Publication();
  }

  /** For a controller whose resources name these, in their own namespace. */
  public <P extends HasMetadata> EventSource<R, P> namedBy(
      Function<P, Set<String>> namesOf, EventSourceContext<P> context) {
    IndexerResourceCache<P> primaries = context.getPrimaryCache();
    String index = "by-" + HasMetadata.getPlural(kind);
    primaries.addIndexer(index, primary -> keys(primary, names(primary, namesOf)));
    return subscribe(
        resource -> ids(primaries.byIndex(index, key(resource))),
        primary ->
            ids(primary, names(primary, namesOf)).stream().flatMap(id -> cache().get(id).stream()));
  }

  /** For a controller whose resources are named by these, in their own namespace. */
  public <P extends HasMetadata> EventSource<R, P> naming(
      Function<R, Set<String>> namesOf, EventSourceContext<P> context) {
    String index = "by-" + context.getPrimaryResourceClass().getSimpleName();
    published.thenAccept(
        cache -> cache.addIndexer(index, resource -> keys(resource, names(resource, namesOf))));
    return subscribe(
        resource -> ids(resource, names(resource, namesOf)),
        primary -> cache().byIndex(index, key(primary)).stream());
  }

  /** For a controller whose resources are about all that {@link #in} their namespace are. */
  public <P extends HasMetadata> EventSource<R, P> besides(EventSourceContext<P> context) {
    IndexerResourceCache<P> primaries = context.getPrimaryCache();
    return subscribe(
        resource ->
            ids(primaries.byIndex(Cache.NAMESPACE_INDEX, resource.getMetadata().getNamespace())),
        primary -> in(primary.getMetadata().getNamespace()).stream());
  }

  /** All of them in a namespace that can be read, in no order. */
  public List<R> in(String namespace) {
    return cache().byIndex(Cache.NAMESPACE_INDEX, namespace).stream()
        .filter(resource -> !Unreadable.is(resource))
        .toList();
  }

  /** Their names in a namespace. */
  public List<String> namesIn(String namespace) {
    return in(namespace).stream()
        .map(resource -> resource.getMetadata().getName())
        .sorted()
        .toList();
  }

  /** Whether one of them in the namespace cannot be read, so that nobody knows what it names. */
  boolean hasUnreadable(String namespace) {
    return !cache().byIndex(UNREADABLE, namespace).isEmpty();
  }

  private <P extends HasMetadata> EventSource<R, P> subscribe(
      Function<R, Set<ResourceID>> wakes, Function<P, Stream<R>> seenBy) {
    Subscription<P> subscription = new Subscription<>(wakes, seenBy);
    subscriptions.add(subscription);
    return subscription;
  }

  /**
   * A first pass that misses a resource would take it for gone. Whoever comes first fills the
   * cache, and all others wait for that one, or fail as it does.
   */
  private synchronized void fill() {
    cache().start();
    if (!filled) {
      filled = true;
      cache().list().forEach(resource -> found.add(resource.getMetadata().getUid()));
    }
  }

  private ControllerEventSource<R> cache() {
    ControllerEventSource<R> cache = published.getNow(null);
    if (cache == null) {
      throw new IllegalStateException(
          "no controller of this operator looks after %ss".formatted(kind.getSimpleName()));
    }
    return cache;
  }

  private static <R extends HasMetadata> Set<ResourceID> ids(List<R> resources) {
    return resources.stream().map(ResourceID::fromResource).collect(Collectors.toSet());
  }

  private static <T extends HasMetadata> Set<String> names(
      T resource, Function<T, Set<String>> namesOf) {
    return Unreadable.is(resource) ? Set.of() : namesOf.apply(resource);
  }

  private static Set<ResourceID> ids(HasMetadata beside, Set<String> names) {
    return names.stream()
        .map(name -> new ResourceID(name, beside.getMetadata().getNamespace()))
        .collect(Collectors.toSet());
  }

  private static List<String> keys(HasMetadata beside, Set<String> names) {
    return names.stream()
        .map(name -> Cache.namespaceKeyFunc(beside.getMetadata().getNamespace(), name))
        .toList();
  }

  private static String key(HasMetadata resource) {
    return Cache.metaNamespaceKeyFunc(resource);
  }

  /** Tells of all changes, though the controller itself may not care for some. */
  private final class Publication extends AbstractEventSource<R, R>
      implements ResourceEventAware<R> {
    Publication() {
      super(kind, "published");
    }

    /** Late news of what was found at the start is none: thousands would have their pass twice. */
    @Override
    public void onResourceCreated(R resource) {
      if (!found.remove(resource.getMetadata().getUid())) {
        wake(resource);
      }
    }

    @Override
    public void onResourceUpdated(R now, R before) {
      subscriptions.forEach(subscription -> subscription.wake(Stream.of(now, before)));
    }

    @Override
    public void onResourceDeleted(R resource) {
      found.remove(resource.getMetadata().getUid());
      wake(resource);
    }

    private void wake(R resource) {
      subscriptions.forEach(subscription -> subscription.wake(Stream.of(resource)));
    }

    @Override
    public Set<R> getSecondaryResources(R primary) {
      return Set.of();
    }
  }

  /** What one other controller sees of the kind. */
  private final class Subscription<P extends HasMetadata> extends AbstractEventSource<R, P> {
    private final Function<R, Set<ResourceID>> wakes;
    private final Function<P, Stream<R>> seenBy;

    Subscription(Function<R, Set<ResourceID>> wakes, Function<P, Stream<R>> seenBy) {
      super(kind);
      this.wakes = wakes;
      this.seenBy = seenBy;
    }

    @Override
    public void start() {
      fill();
      super.start();
    }

    /** Before the start there is no need: all resources of the controller have a pass then. */
    void wake(Stream<R> changed) {
      if (isRunning()) {
        changed
            .flatMap(resource -> wakes.apply(resource).stream())
            .distinct()
            .forEach(id -> getEventHandler().handleEvent(new Event(id)));
      }
    }

    @Override
    public Set<R> getSecondaryResources(P primary) {
      return seenBy
          .apply(primary)
          .filter(resource -> !Unreadable.is(resource))
          .collect(Collectors.toSet());
    }
  }
}
