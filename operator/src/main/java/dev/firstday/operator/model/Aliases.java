package dev.firstday.operator.model;

import dev.firstday.api.Alias;
import dev.firstday.api.AliasState;
import dev.firstday.api.AliasState.Move;
import dev.firstday.api.Errand.Subject;
import dev.firstday.api.Model;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The aliases of a model's spec, and what became of them. */
record Aliases(List<AliasState> states) {
  /** Moves that are remembered of each. */
  private static final int REMEMBERED = 10;

  /** What the spec says now; what it said before is in the status. */
  static Aliases of(Model model, Catalogue catalogue, Instant now) {
    List<Alias> wanted = model.getSpec().aliases() == null ? List.of() : model.getSpec().aliases();
    return new Aliases(wanted.stream().map(alias -> state(alias, model, catalogue, now)).toList());
  }

  /** The versions that have an alias. */
  Stream<Subject> subjects() {
    return states.stream()
        .map(AliasState::now)
        .filter(move -> move.digest() != null)
        .map(move -> new Subject(move.version(), move.digest()));
  }

  /** The aliases that name no version. */
  List<AliasState> dangling() {
    return states.stream().filter(state -> state.now().digest() == null).toList();
  }

  private static AliasState state(Alias alias, Model model, Catalogue catalogue, Instant now) {
    String digest =
        catalogue.versions().stream()
            .filter(version -> version.number().equals(alias.version()))
            .map(version -> version.digest())
            .findFirst()
            .orElse(null);
    Optional<AliasState> before = before(alias, model);
    Optional<Move> last = before.map(AliasState::now);
    if (last.filter(move -> move.version().equals(alias.version())).isPresent()) {
      Move same = last.get();
      return new AliasState(
          alias.name(),
          new Move(same.version(), digest, same.at(), same.by()),
          before.get().before());
    }
    List<Move> history =
        Stream.concat(last.stream(), before.stream().flatMap(b -> b.before().stream()))
            .limit(REMEMBERED)
            .toList();
    return new AliasState(
        alias.name(), new Move(alias.version(), digest, now, writer(model)), history);
  }

  private static Optional<AliasState> before(Alias alias, Model model) {
    return model.getStatus() == null || model.getStatus().aliases() == null
        ? Optional.empty()
        : model.getStatus().aliases().stream()
            .filter(state -> state.name().equals(alias.name()))
            .findFirst();
  }

  /** Who wrote spec.aliases last; null where the API server does not say. */
  private static String writer(Model model) {
    List<ManagedFieldsEntry> entries = model.getMetadata().getManagedFields();
    return entries == null
        ? null
        : entries.stream()
            .filter(Aliases::ownsAliases)
            .max(Comparator.comparing(entry -> String.valueOf(entry.getTime())))
            .map(ManagedFieldsEntry::getManager)
            .orElse(null);
  }

  private static boolean ownsAliases(ManagedFieldsEntry entry) {
    return entry.getFieldsV1() != null
        && entry.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
        && spec.containsKey("f:aliases");
  }
}
