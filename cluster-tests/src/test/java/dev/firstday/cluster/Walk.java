package dev.firstday.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.api.RolloutCommand;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A rollout of version 2 that stays in each of its stages until it is told to go on, so that none
 * is over between two looks.
 */
final class Walk implements AutoCloseable {
  /** What no version can answer: a candidate is held until the case is taken away. */
  private static final String UNANSWERABLE = "unanswerable";

  /** As long as nobody needs who looks: nothing is to happen because time is up. */
  private static final int DEADLINE_SECONDS = 600;

  private static final int BAKE_SECONDS = 60;

  /** How fast a version is depends on what else this machine does. */
  static final int SLOW_FACTOR = 1000;

  /** The stages in their order, and the phase in which the rollout stays there. */
  enum Stop {
    STARTING("Starting", "Paused"),
    GOLDEN("Golden", "Held"),
    /** Too few requests are captured for a promotion, and nothing else is to follow yet. */
    REPLAY("Replay", "Replay"),
    SHADOW("Shadow", "AwaitingApproval"),
    CANARY("Canary", "Paused"),
    BAKING("Baking", "Paused");

    private final String stage;
    private final String phase;

    Stop(String stage, String phase) {
      this.stage = stage;
      this.phase = phase;
    }

    /** Whether the candidate is asked. */
    boolean isLive() {
      return compareTo(SHADOW) >= 0;
    }
  }

  private final Trials trials;
  private final ReentrantLock goldenCases;

  /**
   * @param goldenCases of the model, which other rollouts share: whoever holds a candidate by them
   *     has this lock
   */
  Walk(Trials trials, ReentrantLock goldenCases) {
    this.trials = trials;
    this.goldenCases = goldenCases;
  }

  /**
   * The first version, with the requests to it captured; the second one may be tried again then.
   */
  void serveTheFirst() {
    trials.want(1, Walk::withoutCallers);
    trials.awaitServing(1);
  }

  /** Goes there from the first version, and stops at no other stage that it can pass. */
  void to(Stop stop) {
    switch (stop) {
      case GOLDEN -> {
        holdByGolden();
        trials.want(2, Walk::withoutCallers);
      }
      case REPLAY -> trials.want(2, Walk::withoutCallers);
      case STARTING, SHADOW -> leaveFor(stop);
      case CANARY -> {
        to(Stop.SHADOW);
        leaveFor(stop);
      }
      case BAKING -> {
        to(Stop.CANARY);
        leaveFor(stop);
      }
    }
    await(stop);
  }

  /** From the stop before, or from the first version. */
  void goOnTo(Stop stop) {
    leaveFor(stop);
    await(stop);
  }

  /** Lets it go there, and does not wait. */
  void leaveFor(Stop stop) {
    switch (stop) {
      case STARTING -> {
        trials.want(2, Walk::withoutCallers);
        trials.awaitStage(stop.stage);
        trials.command(RolloutCommand.PAUSE);
      }
      case GOLDEN -> {
        holdByGolden();
        trials.command(RolloutCommand.RESUME);
      }
      case REPLAY -> letGoOfGolden();
      case SHADOW -> trials.want(2, Walk::withCallers);
      case CANARY -> trials.command(RolloutCommand.APPROVE);
      case BAKING -> {
        trials.command(RolloutCommand.APPROVE);
        trials.command(RolloutCommand.RESUME);
      }
    }
  }

  void await(Stop stop) {
    switch (stop) {
      case STARTING, GOLDEN, SHADOW -> {}
      case REPLAY -> trials.awaitWords("which proves too little");
      case CANARY -> {
        trials.awaitPhase(stop.stage, "AwaitingApproval");
        trials.command(RolloutCommand.PAUSE);
      }
      case BAKING -> {
        trials.awaitStage(stop.stage);
        trials.command(RolloutCommand.PAUSE);
      }
    }
    trials.awaitPhase(stop.stage, stop.phase);
  }

  /** Whether the rollout is still there, whatever it waits for. */
  boolean isAt(Stop stop) {
    return stop.stage.equals(trials.stage());
  }

  private void holdByGolden() {
    goldenCases.lock();
    trials.applyModel(Walk::unanswerable);
  }

  private void letGoOfGolden() {
    trials.applyModel(spec -> {});
    goldenCases.unlock();
  }

  private static void unanswerable(ObjectNode spec) {
    ObjectNode golden = spec.putArray("golden").addObject();
    golden.put("name", UNANSWERABLE);
    golden.putObject("inputs").put("no_such_column", 1);
    golden.putObject("expect").put("label", "setosa");
  }

  private static void withoutCallers(ObjectNode spec) {
    rollout(spec).putArray("steps");
  }

  private static void withCallers(ObjectNode spec) {
    ObjectNode rollout = rollout(spec);
    rollout.putObject("shadow").put("percent", 100);
    var steps = rollout.putArray("steps");
    steps.addObject().put("weight", 50).put("requireApproval", true);
    steps.addObject().put("weight", 75).put("requireApproval", true);
  }

  private static ObjectNode rollout(ObjectNode spec) {
    spec.remove("replicas");
    spec.putObject("autoscaling").put("maxReplicas", 1);
    spec.putObject("resources").putObject("requests").put("cpu", "100m");
    spec.putObject("capture").put("percent", 100);
    ObjectNode rollout = spec.putObject("rollout");
    rollout.putObject("replay").put("requests", 10);
    rollout.putObject("checks").put("slowFactor", SLOW_FACTOR);
    rollout.put("bakeSeconds", BAKE_SECONDS);
    rollout.put("phaseDeadlineSeconds", DEADLINE_SECONDS);
    return rollout;
  }

  /** Nobody else is to wait for it when it has failed. */
  @Override
  public void close() {
    if (goldenCases.isHeldByCurrentThread()) {
      letGoOfGolden();
    }
  }
}
