package dev.firstday.operator.deployment;

import java.util.Arrays;

/** What a candidate goes through; {@link #IDLE} is the stage without a candidate. */
enum Stage {
  IDLE("Idle"),
  STARTING("Starting"),
  GOLDEN("Golden"),
  REPLAY("Replay"),
  SHADOW("Shadow"),
  CANARY("Canary"),
  BAKING("Baking");

  private final String word;

  Stage(String word) {
    this.word = word;
  }

  /** Whether the candidate has been sent callers' requests, be it behind their backs. */
  boolean isLive() {
    return switch (this) {
      case SHADOW, CANARY, BAKING -> true;
      case IDLE, STARTING, GOLDEN, REPLAY -> false;
    };
  }

  /** Whether routers know the candidate, be it that they alone send it requests. */
  boolean isRouted() {
    return switch (this) {
      case GOLDEN, REPLAY, SHADOW, CANARY, BAKING -> true;
      case IDLE, STARTING -> false;
    };
  }

  String word() {
    return word;
  }

  /** The stage of that word; one that nobody wrote is taken for the first of a rollout. */
  static Stage of(String word) {
    return Arrays.stream(values()).filter(s -> s.word.equals(word)).findFirst().orElse(STARTING);
  }
}
