package dev.firstday.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;

/** Which changes of a resource call for a pass. */
public final class Triggers {
  private Triggers() {}

  /** The user's changes; a status is ours, and no news. */
  public static boolean specOrAnnotationsChanged(HasMetadata now, HasMetadata before) {
    return !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
        || !Objects.equals(
            now.getMetadata().getAnnotations(), before.getMetadata().getAnnotations())
        || !Objects.equals(now.getMetadata().getUid(), before.getMetadata().getUid());
  }
}
