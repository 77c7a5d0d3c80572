package dev.firstday.operator.deployment;

/** The one word for people. */
enum Phase {
  PENDING("Pending"),
  STARTING("Starting"),
  GOLDEN("Golden"),
  CANARY("Canary"),
  HELD("Held"),
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
