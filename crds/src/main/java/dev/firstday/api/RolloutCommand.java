package dev.firstday.api;

import java.util.Arrays;
import java.util.Optional;

/** What a person may tell a rollout with the annotation {@link Firstday#ROLLOUT_ANNOTATION}. */
public enum RolloutCommand {
  /** Begin the step that waits for an approval. */
  APPROVE("approve"),
  /** Promote the candidate now, whatever its checks say. */
  PROMOTE("promote"),
  /** Roll the candidate back. */
  ROLLBACK("rollback"),
  /** Try a version again that was rolled back. */
  RETRY("retry"),
  /** Stay at the present weight; checks may still roll back. */
  PAUSE("pause"),
  /** Go on after a pause. */
  RESUME("resume");

  private final String word;

  RolloutCommand(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** The command that an annotation's value begins with; empty when it is none. */
  public static Optional<RolloutCommand> of(String annotation) {
    String first = annotation.strip().split("\\s+", 2)[0];
    return Arrays.stream(values()).filter(command -> command.word.equals(first)).findFirst();
  }
}
