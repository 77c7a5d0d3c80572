package dev.firstday.api;

/** What the whole API group shares. */
public final class Firstday {
  public static final String GROUP = "firstday.dev";
  public static final String VERSION = "v1alpha1";

  /** The category that lists every kind: {@code kubectl get ml}. */
  public static final String CATEGORY = "ml";

  /** A DNS label: names become parts of child names and of S3 keys. */
  public static final String NAME_PATTERN = "^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$";

  /** A name in SQL and in requests. */
  public static final String COLUMN_PATTERN = "^[A-Za-z_][A-Za-z0-9_]{0,62}$";

  private Firstday() {}
}
