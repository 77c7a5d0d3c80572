package dev.firstday.operator.kube;

import dev.firstday.api.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a resource stands, in one value; {@link #conditions} spells it out as the four conditions
 * that kstatus and Argo CD read.
 *
 * @param state what is going on
 * @param ready whether the resource can be used for what its present spec says
 * @param reason one word in CamelCase
 * @param message names the object, the field and the cure
 */
public record Standing(State state, boolean ready, String reason, String message) {

  /** What is going on. */
  public enum State {
    /** Nothing is left to do. */
    SETTLED,
    /** The operator is at work, or waits for something that may come by itself. */
    RECONCILING,
    /** It failed: somebody has to act. */
    STALLED,
    /** The spec says to pause. */
    SUSPENDED
  }

  public static final String READY = "Ready";
  public static final String RECONCILING = "Reconciling";
  public static final String STALLED = "Stalled";
  public static final String SUSPENDED = "Suspended";
  private static final String TRUE = "True";

  public static Standing ready(String reason, String message) {
    return new Standing(State.SETTLED, true, reason, message);
  }

  public static Standing reconciling(String reason, String message) {
    return new Standing(State.RECONCILING, false, reason, message);
  }

  public static Standing stalled(String reason, String message) {
    return new Standing(State.STALLED, false, reason, message);
  }

  public static Standing suspended(String reason, String message) {
    return new Standing(State.SUSPENDED, false, reason, message);
  }

  /** The same, of a resource that can be used meanwhile. */
  public Standing whileReady() {
    return new Standing(state, true, reason, message);
  }

  /**
   * All four conditions. A condition keeps its transition time while its status stays, so that
   * equal standings give equal lists.
   *
   * @param previous the conditions so far; may be null
   * @param generation the generation of the spec that this standing is about
   */
  public List<Condition> conditions(List<Condition> previous, Long generation, Instant now) {
    Conditions conditions = new Conditions(previous, generation, now);
    return List.of(
        conditions.next(READY, ready, reason, message),
        conditions.next(RECONCILING, state == State.RECONCILING, reason, message),
        conditions.next(STALLED, state == State.STALLED, reason, message),
        conditions.next(SUSPENDED, state == State.SUSPENDED, reason, message));
  }

  /** The same, and of those before what the kind has of its own, as it was. */
  public List<Condition> conditionsAndOwn(List<Condition> previous, Long generation, Instant now) {
    List<Condition> four = conditions(previous, generation, now);
    Set<String> types = four.stream().map(Condition::type).collect(Collectors.toSet());
    return Stream.concat(
            four.stream(),
            Stream.ofNullable(previous)
                .flatMap(List::stream)
                .filter(condition -> !types.contains(condition.type())))
        .toList();
  }

  /**
   * The conditions of a resource that is worked on while a verdict of before still holds: Ready and
   * Stalled go on saying it.
   */
  public List<Condition> conditionsBeside(
      Standing verdict, List<Condition> previous, Long generation, Instant now) {
    List<Condition> mine = conditions(previous, generation, now);
    List<Condition> known = verdict.conditions(previous, generation, now);
    return List.of(known.get(0), mine.get(1), known.get(2), mine.get(3));
  }

  /**
   * A condition of a kind's own, beside the four.
   *
   * @param previous the conditions so far; may be null
   */
  public static Condition condition(
      String type,
      boolean holds,
      String reason,
      String message,
      List<Condition> previous,
      Long generation,
      Instant now) {
    return new Conditions(previous, generation, now).next(type, holds, reason, message);
  }

  private record Conditions(List<Condition> previous, Long generation, Instant now) {

    Condition next(String type, boolean holds, String reason, String message) {
      String status = holds ? TRUE : "False";
      boolean speaks = holds || type.equals(READY);
      return new Condition(
          type,
          status,
          speaks ? reason : "Not" + type,
          speaks ? message : "",
          generation,
          since(type, status));
    }

    private Instant since(String type, String status) {
      return previous == null
          ? now
          : previous.stream()
              .filter(c -> type.equals(c.type()) && status.equals(c.status()))
              .map(Condition::lastTransitionTime)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(now);
    }
  }
}
