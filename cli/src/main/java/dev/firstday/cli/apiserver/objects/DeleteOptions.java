package dev.firstday.cli.apiserver.objects;

/**
 * How a caller wants an object deleted.
 *
 * @param uid the object's, or {@code ""} for any
 * @param resourceVersion the object's, or {@code ""} for any
 * @param gracePeriodSeconds what a pod gets to end itself; negative for what it asks for
 */
public record DeleteOptions(
    boolean dryRun,
    Propagation propagation,
    String uid,
    String resourceVersion,
    long gracePeriodSeconds) {

  /** What becomes of the objects that the deleted one owns. */
  public enum Propagation {
    BACKGROUND,
    FOREGROUND,
    ORPHAN
  }

  /** Deletes this very object, and what it owns after it. */
  public static DeleteOptions background(String uid) {
    return new DeleteOptions(false, Propagation.BACKGROUND, uid, "", -1);
  }

  /** Deletes this very object when what it owns is gone. */
  public static DeleteOptions foreground(String uid) {
    return new DeleteOptions(false, Propagation.FOREGROUND, uid, "", -1);
  }
}
