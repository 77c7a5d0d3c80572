package dev.firstday.server.route;

import dev.firstday.contract.Names;
import dev.firstday.contract.Routes;
import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.ModelMetadata.TensorMetadata;
import dev.firstday.server.v2.V2;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Columns that routes name, and that no version has: what they were to hide from captured requests
 * is kept, and what they were to judge apart is not.
 */
final class NamedColumns {
  private static final long RETRY_MILLIS = 5000;

  private final BackendClient client;
  private final Timer timer;
  private final Supplier<Optional<Routes>> routes;
  private final Map<String, Set<String>> known = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  /**
   * @param routes those in force
   */
  NamedColumns(BackendClient client, Timer timer, Supplier<Optional<Routes>> routes) {
    this.client = client;
    this.timer = timer;
    this.routes = routes;
  }

  /** Asks the versions in the routes which columns they have, where that matters. */
  void learn() {
    Optional<Routes> current = routes.get().filter(r -> !named(r).isEmpty());
    List<Routes.Backend> versions = current.stream().flatMap(NamedColumns::versions).toList();
    known.keySet().retainAll(versions.stream().map(Routes.Backend::digest).toList());
    versions.stream()
        .filter(version -> !known.containsKey(version.digest()) && asked.add(version.digest()))
        .forEach(version -> ask(version, current.get().model()));
  }

  private void ask(Routes.Backend version, String model) {
    client
        .getModel(version, model, "")
        .map(
            outcome ->
                V2.readModelMetadata(outcome.bodyOf("metadata of version " + version.version())))
        .onSuccess(
            metadata -> {
              known.put(version.digest(), columns(metadata));
              asked.remove(version.digest());
            })
        .onFailure(
            failure ->
                timer.after(
                    RETRY_MILLIS,
                    () -> {
                      asked.remove(version.digest());
                      learn();
                    }));
  }

  private static Set<String> columns(ModelMetadata metadata) {
    return Stream.of(metadata.inputs(), metadata.outputs())
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .map(TensorMetadata::name)
        .collect(Collectors.toSet());
  }

  private static Stream<Routes.Backend> versions(Routes current) {
    return Stream.of(current.stable(), current.candidate()).filter(Objects::nonNull);
  }

  /** The columns that each field names. */
  private static Map<String, List<String>> named(Routes current) {
    List<String> redact = current.capture() == null ? null : current.capture().redact();
    List<String> slices = current.checks() == null ? null : current.checks().slices();
    return Stream.of(
            Map.entry("spec.capture.redact", Objects.requireNonNullElse(redact, List.<String>of())),
            Map.entry(
                "spec.rollout.checks.slices",
                Objects.requireNonNullElse(slices, List.<String>of())))
        .filter(field -> !field.getValue().isEmpty())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Those that no version has, in words; null while some version has not said which it has. */
  List<String> unknown(Routes current) {
    Map<String, List<String>> named = named(current);
    List<String> digests = versions(current).map(Routes.Backend::digest).toList();
    if (!named.isEmpty() && (digests.isEmpty() || !known.keySet().containsAll(digests))) {
      return null;
    }
    Set<String> there = new TreeSet<>();
    digests.forEach(digest -> there.addAll(known.getOrDefault(digest, Set.of())));
    return named.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(
            field ->
                field.getValue().stream()
                    .filter(column -> !there.contains(column))
                    .map(
                        column ->
                            "%s: the model has no column %s%s"
                                .formatted(field.getKey(), column, Names.hint(column, there))))
        .toList();
  }
}
