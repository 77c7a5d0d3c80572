package dev.firstday.operator.readiness;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Counts which resources of one kind have what a point asks for.
 *
 * @param kind what they are called
 * @param resources by name
 */
record Tally<R extends HasMetadata>(String kind, List<R> resources) {
  private static final int NAMED = 5;

  /**
   * @param what what they should have, as a noun
   * @param next the cure, with {@code %s} for the name of the first that lacks it
   */
  Finding of(String what, Predicate<R> has, String next) {
    return of(what, has, resource -> "", next);
  }

  /**
   * @param detail what there is to know of one that has it
   */
  Finding of(String what, Predicate<R> has, Function<R, String> detail, String next) {
    if (resources.isEmpty()) {
      return Finding.missing(
          "%s: there is no %s".formatted(what, kind), "apply a %s".formatted(kind));
    }
    List<R> met = resources.stream().filter(has).toList();
    List<String> lacking =
        resources.stream().filter(has.negate()).map(r -> r.getMetadata().getName()).toList();
    String evidence =
        "%s: %d of %d %s"
                .formatted(
                    what, met.size(), resources.size(), resources.size() == 1 ? kind : kind + "s")
            + named(
                " (%s)",
                met.stream()
                    .filter(resource -> !detail.apply(resource).isEmpty())
                    .map(r -> r.getMetadata().getName() + ": " + detail.apply(r))
                    .toList())
            + named("; not %s", lacking);
    return new Finding(
        met.size(),
        resources.size(),
        evidence,
        lacking.isEmpty() ? "" : next.formatted(lacking.get(0)));
  }

  private static String named(String pattern, List<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    return pattern.formatted(
        names.size() > NAMED ? "%s and %d more".formatted(first, names.size() - NAMED) : first);
  }
}
