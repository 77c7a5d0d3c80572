package dev.firstday.operator.dataset;

import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.TrainingJob;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The resources that refer to versions of a data set. */
final class DatasetWatches {
  private DatasetWatches() {}

  static List<EventSource<?, Dataset>> referrers(EventSourceContext<Dataset> context) {
    return List.of(
        of(TrainingJob.class, Pins::datasetsOf, context),
        of(Model.class, Pins::datasetsOf, context),
        of(ModelDeployment.class, Pins::datasetsOf, context));
  }

  private static <R extends HasMetadata> EventSource<R, Dataset> of(
      Class<R> kind, Function<R, Set<String>> datasetsOf, EventSourceContext<Dataset> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, Dataset.class)
            .withSecondaryToPrimaryMapper(
                referrer ->
                    datasetsOf.apply(referrer).stream()
                        .map(name -> new ResourceID(name, referrer.getMetadata().getNamespace()))
                        .collect(Collectors.toSet()))
            .build(),
        context);
  }
}
