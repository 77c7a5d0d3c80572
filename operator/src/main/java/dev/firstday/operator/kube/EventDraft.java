package dev.firstday.operator.kube;

/**
 * Something worth telling: an event of the resource. The same draft about the same generation is
 * one event, with a count.
 *
 * @param reason one word in CamelCase
 * @param message for people
 */
public record EventDraft(Type type, String reason, String message) {

  /** The two kinds of event that Kubernetes has. */
  public enum Type {
    NORMAL("Normal"),
    WARNING("Warning");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  public static EventDraft normal(String reason, String message) {
    return new EventDraft(Type.NORMAL, reason, message);
  }

  public static EventDraft warning(String reason, String message) {
    return new EventDraft(Type.WARNING, reason, message);
  }
}
