package dev.firstday.operator.model;

import dev.firstday.api.ModelStatus;
import dev.firstday.api.RetentionState;
import dev.firstday.operator.kube.EventDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a sweep has done that is to be told. */
final class SweepNews {
  private static final int TOLD = 10;

  private SweepNews() {}

  /**
   * @param before null: there was none
   * @param now null: nothing was swept
   */
  static List<EventDraft> of(ModelStatus before, RetentionState now) {
    if (before == null || now == null) {
      return List.of();
    }
    RetentionState then = before.retention();
    List<EventDraft> news = new ArrayList<>();
    List<Integer> marked = added(then == null ? null : then.marked(), now.marked());
    if (!marked.isEmpty()) {
      news.add(
          EventDraft.normal(
              "VersionsMarked",
              "spec.retention no longer keeps version %s: it is deleted after the grace period, unless somebody uses it again"
                  .formatted(words(marked))));
    }
    List<Integer> deleted = added(then == null ? null : then.deleted(), now.deleted());
    if (!deleted.isEmpty()) {
      news.add(
          EventDraft.normal(
              "VersionsDeleted",
              "spec.retention deleted version %s: %,d bytes that nothing else needs"
                  .formatted(words(deleted), now.bytes() == null ? 0 : now.bytes())));
    }
    return news;
  }

  private static List<Integer> added(List<Integer> then, List<Integer> now) {
    return now == null
        ? List.of()
        : now.stream().filter(number -> then == null || !then.contains(number)).toList();
  }

  private static String words(List<Integer> numbers) {
    String some =
        numbers.stream().limit(TOLD).map(String::valueOf).collect(Collectors.joining(", "));
    int more = numbers.size() - TOLD;
    return some + (more > 0 ? " and %d more".formatted(more) : "");
  }
}
