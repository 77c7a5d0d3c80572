package dev.firstday.api;

import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;

/** What the whole API group shares. */
public final class Firstday {
  public static final String GROUP = "firstday.dev";
  public static final String VERSION = "v1alpha1";

  /** Every kind. */
  public static final List<Class<? extends CustomResource<?, ? extends ResourceStatus>>> KINDS =
      List.of(
          Dataset.class,
          TrainingJob.class,
          Model.class,
          ModelDeployment.class,
          ReadinessTest.class);

  /** The category that lists every kind: {@code kubectl get ml}. */
  public static final String CATEGORY = "ml";

  /** A DNS label: names become parts of child names and of S3 keys. */
  public static final String NAME_PATTERN = "^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$";

  /** A name in SQL and in requests. */
  public static final String COLUMN_PATTERN = "^[A-Za-z_][A-Za-z0-9_]{0,62}$";

  /** A day, or a time of a day in UTC. */
  public static final String TIME_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+Z?)?$";

  /** On a Dataset: a new value asks for a new version, though the spec is the same. */
  public static final String REFRESH_ANNOTATION = "firstday.dev/refresh";

  /** On a TrainingJob: a new value asks for a new run, though the spec is the same. */
  public static final String RETRAIN_ANNOTATION = "firstday.dev/retrain";

  /** On a Model: a new value asks for a new look at all its versions. */
  public static final String VERIFY_ANNOTATION = "firstday.dev/verify";

  /**
   * On a Model: a version's number, and after a space whatever makes it a new value, as {@code 3
   * 2026-01-01T12:00:00Z}. The version is trained once more, and compared.
   */
  public static final String REPRODUCE_ANNOTATION = "firstday.dev/reproduce";

  /**
   * On a Deployment: what a person wants of a rollout, as {@code promote 2026-01-01T12:00:00Z}. The
   * word is a {@link RolloutCommand}; what follows makes a repeated command a new one.
   */
  public static final String ROLLOUT_ANNOTATION = "firstday.dev/rollout";

  private Firstday() {}
}
