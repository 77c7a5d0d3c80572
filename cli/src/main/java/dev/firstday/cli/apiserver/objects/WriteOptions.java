package dev.firstday.cli.apiserver.objects;

/**
 * How a caller wants a write done.
 *
 * @param dryRun whether nothing is to be stored
 * @param manager whose fields the written ones become
 * @param force whether an apply may take fields from others
 */
public record WriteOptions(
    boolean dryRun, FieldValidation fieldValidation, String manager, boolean force) {

  /** What becomes of fields that the schema does not know; they are never stored. */
  public enum FieldValidation {
    IGNORE,
    WARN,
    STRICT
  }
}
