package dev.firstday.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Watches resources of another kind that a resource names in its spec. */
public final class References {
  private References() {}

  /**
   * The resource named by {@code nameOf} in the same namespace becomes a secondary resource, and
   * its changes wake all that name it.
   */
  public static <R extends HasMetadata, P extends HasMetadata> InformerEventSource<R, P> to(
      Class<R> referred, EventSourceContext<P> context, Function<P, String> nameOf) {
    return toAll(referred, context, primary -> Set.of(nameOf.apply(primary)));
  }

  /** The same for resources that name several. */
  public static <R extends HasMetadata, P extends HasMetadata> InformerEventSource<R, P> toAll(
      Class<R> referred, EventSourceContext<P> context, Function<P, Set<String>> namesOf) {
    IndexerResourceCache<P> primaries = context.getPrimaryCache();
    String index = "by-" + HasMetadata.getPlural(referred);
    primaries.addIndexer(
        index,
        primary ->
            namesOf.apply(primary).stream()
                .map(name -> key(primary.getMetadata().getNamespace(), name))
                .toList());
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(referred, context.getPrimaryResourceClass())
            .withSecondaryToPrimaryMapper(
                secondary ->
                    primaries
                        .byIndex(
                            index,
                            key(
                                secondary.getMetadata().getNamespace(),
                                secondary.getMetadata().getName()))
                        .stream()
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
            .<P>withPrimaryToSecondaryMapper(
                primary ->
                    namesOf.apply(primary).stream()
                        .map(name -> new ResourceID(name, primary.getMetadata().getNamespace()))
                        .collect(Collectors.toSet()))
            .build(),
        context);
  }

  private static String key(String namespace, String name) {
    return namespace + "/" + name;
  }
}
