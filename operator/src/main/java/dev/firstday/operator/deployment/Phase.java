package dev.firstday.operator.deployment;

/** The one word for people. */
enum Phase {
  PENDING("Pending"),
  STARTING("Starting"),
  GOLDEN("Golden"),
  REPLAY("Replay"),
  SHADOW("Shadow"),
  CANARY("Canary"),
  AWAITING_APPROVAL("AwaitingApproval"),
  BAKING("Baking"),
  HELD("Held"),
  PAUSED("Paused"),
  PROMOTING("Promoting"),
  STABLE("Stable"),
  ROLLED_BACK("RolledBack"),
  FAILED("Failed"),
  SUSPENDED("Suspended");

  private final String word;

  Phase(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
