package dev.firstday.operator.kube;

/**
 * The API server refused an object.
 *
 * @param why who has to act
 * @param message the API server's own words
 */
public record Rejection(Why why, String message) {

  /** Who has to act. */
  public enum Why {
    /** The object breaks the API's rules: a value in the spec is wrong. */
    INVALID,
    /** A quota, a policy or a missing permission forbids it. */
    FORBIDDEN,
    /** Another object has its name. */
    NAME_TAKEN
  }
}
