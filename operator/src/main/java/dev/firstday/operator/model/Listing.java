package dev.firstday.operator.model;

import dev.firstday.api.Alias;
import dev.firstday.api.Errand.Subject;
import dev.firstday.api.Model;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which versions a status lists: the newest, and whichever somebody has use for.
 *
 * @param newest how many
 * @param also numbers of others: those that are served, and those with an alias
 */
record Listing(int newest, SortedSet<Integer> also) {
  private static final int NEWEST = 10;

  static Listing of(Model model, List<Subject> served) {
    SortedSet<Integer> also = new TreeSet<>();
    served.forEach(version -> also.add(version.number()));
    if (model.getSpec().aliases() != null) {
      model.getSpec().aliases().stream().map(Alias::version).forEach(also::add);
    }
    return new Listing(Objects.requireNonNullElse(model.getSpec().listedVersions(), NEWEST), also);
  }
}
