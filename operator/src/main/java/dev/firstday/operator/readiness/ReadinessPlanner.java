package dev.firstday.operator.readiness;

import dev.firstday.api.Condition;
import dev.firstday.api.ReadinessTest;
import dev.firstday.api.ReadinessTestStatus;
import dev.firstday.api.ReadinessTestStatus.Point;
import dev.firstday.api.ReadinessTestStatus.Score;
import dev.firstday.operator.kube.EventDraft;
import dev.firstday.operator.kube.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides how a namespace scores. There is one phase, Scored: a low score is news and no failure,
 * since nothing is broken by it.
 */
final class ReadinessPlanner {
  private static final int POINTS = 9;
  private static final String SCORED = "Scored";

  private ReadinessPlanner() {}

  static ReadinessPlan plan(ReadinessTest test, ReadinessObservation seen) {
    ReadinessTestStatus before = test.getStatus();
    List<Point> points =
        Scorecard.of(seen).stream().map(point -> dated(point, before, seen.now())).toList();
    return new ReadinessPlan(
        status(test, points, Standing.ready(SCORED, words(points)), seen.now()),
        events(before, points));
  }

  /** The status of a test over which passes fail. */
  static ReadinessTestStatus failing(ReadinessTest test, Standing standing, Instant now) {
    ReadinessTestStatus before = test.getStatus();
    return status(
        test,
        before == null || before.points() == null ? List.of() : before.points(),
        standing,
        now);
  }

  private static ReadinessTestStatus status(
      ReadinessTest test, List<Point> points, Standing standing, Instant now) {
    Long generation = test.getMetadata().getGeneration();
    List<Condition> previous = test.getStatus() == null ? null : test.getStatus().conditions();
    return new ReadinessTestStatus(
        generation,
        SCORED,
        standing.conditions(previous, generation, now),
        "%d/%d".formatted(count(points, Score.PASS), POINTS),
        count(points, Score.PASS),
        count(points, Score.PARTIAL),
        count(points, Score.FAIL),
        points.stream().map(Point::next).filter(Objects::nonNull).findFirst().orElse(null),
        points);
  }

  private static int count(List<Point> points, Score score) {
    return (int) points.stream().filter(point -> point.score() == score).count();
  }

  private static String words(List<Point> points) {
    return "%s; %s; %s"
        .formatted(
            listed(points, Score.PASS, "pass"),
            listed(points, Score.PARTIAL, "pass in part"),
            listed(points, Score.FAIL, "fail"));
  }

  private static String listed(List<Point> points, Score score, String verb) {
    String numbers =
        points.stream()
            .filter(point -> point.score() == score)
            .map(point -> point.number().toString())
            .collect(Collectors.joining(", "));
    return numbers.isEmpty() ? "none " + verb : "points %s %s".formatted(numbers, verb);
  }

  private static Point dated(Point point, ReadinessTestStatus before, Instant now) {
    Instant since =
        of(before, point)
            .filter(known -> known.score() == point.score() && known.since() != null)
            .map(Point::since)
            .orElse(now);
    return new Point(
        point.number(), point.name(), point.score(), point.evidence(), point.next(), since);
  }

  /** Points that were gained or lost; nothing is news to a test that is new. */
  private static List<EventDraft> events(ReadinessTestStatus before, List<Point> points) {
    List<EventDraft> events = new ArrayList<>();
    for (Point point : points) {
      of(before, point)
          .filter(known -> known.score() != point.score())
          .ifPresent(known -> events.add(event(known.score(), point)));
    }
    return events;
  }

  private static EventDraft event(Score before, Point point) {
    String words =
        "point %d, %s: %s, it was %s"
            .formatted(point.number(), point.name(), word(point.score()), word(before));
    return point.score().compareTo(before) < 0
        ? EventDraft.normal("PointGained", words)
        : EventDraft.warning(
            "PointLost", words + (point.next() == null ? "" : "; " + point.next()));
  }

  private static String word(Score score) {
    return switch (score) {
      case PASS -> "pass";
      case PARTIAL -> "partial";
      case FAIL -> "fail";
    };
  }

  private static Optional<Point> of(ReadinessTestStatus status, Point point) {
    return status == null || status.points() == null
        ? Optional.empty()
        : status.points().stream()
            .filter(known -> Objects.equals(known.number(), point.number()))
            .findFirst();
  }
}
