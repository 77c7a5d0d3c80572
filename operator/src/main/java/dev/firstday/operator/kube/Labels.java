package dev.firstday.operator.kube;

import java.util.Map;
import java.util.TreeMap;

/** The labels that every object of ours carries, and by which the informers select. */
public final class Labels {
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  public static final String MANAGER = "firstday";
  public static final String COMPONENT = "app.kubernetes.io/component";

  /** Lower-case kind and name of the resource that an object belongs to. */
  public static final String KIND = "firstday.dev/kind";

  public static final String NAME = "firstday.dev/name";

  /** The first characters of a run's uid; on Jobs and on their pods. */
  public static final String RUN = "firstday.dev/run";

  /**
   * On a TrainingJob and on its Jobs: the queue of <a href="https://kueue.sigs.k8s.io">Kueue</a>
   * that decides when they begin.
   */
  public static final String QUEUE = "kueue.x-k8s.io/queue-name";

  /** Selects what the operator made. */
  public static final String SELECTOR = MANAGED_BY + "=" + MANAGER;

  private Labels() {}

  /**
   * The labels of an object that belongs to the resource. Nothing but {@link #QUEUE} is inherited
   * from the resource's own labels: Argo CD would take such a child for one of its own and prune
   * it.
   *
   * @param component what the object does: worker, predictor or router
   */
  public static Map<String, String> of(Owner owner, String component) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(MANAGED_BY, MANAGER);
    labels.put(COMPONENT, component);
    labels.put(KIND, owner.labelValue());
    labels.put(NAME, Names.label(owner.name()));
    return labels;
  }

  /** The labels of {@link #of} and one more. */
  public static Map<String, String> with(Map<String, String> labels, String key, String value) {
    Map<String, String> more = new TreeMap<>(labels);
    more.put(key, value);
    return more;
  }
}
