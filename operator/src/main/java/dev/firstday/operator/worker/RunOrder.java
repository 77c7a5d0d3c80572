package dev.firstday.operator.worker;

import dev.firstday.contract.RunResult;
import dev.firstday.operator.kube.Names;
import java.time.Duration;

/**
 * A run that is wanted.
 *
 * @param uid names the run; another uid is another run
 * @param resource name of the resource it is done for
 * @param answer what a worker answers when it was done well
 * @param retries how many lost attempts are made up for; {@link #UNLIMITED}: all
 * @param schedulingDeadline how long a pod may wait for a node; null: as long as it takes
 * @param suspended nothing may run now
 */
public record RunOrder(
    String uid,
    String resource,
    Class<? extends RunResult> answer,
    int retries,
    Duration schedulingDeadline,
    boolean suspended) {
  public static final int UNLIMITED = Integer.MAX_VALUE;
  private static final int SHORT_UID = 8;

  /** The Job of an attempt: the same attempt always has the same name. */
  public String job(int attempt) {
    return Names.child(resource, "%s-%d".formatted(shortUid(), attempt));
  }

  /** Whether the result answers this run: with what was asked for, or with why not. */
  boolean isAnsweredBy(RunResult result) {
    return answer.isInstance(result) || result instanceof RunResult.Failure;
  }

  /** The start of the uid, as label and in names. */
  public String shortUid() {
    return uid.substring(0, SHORT_UID);
  }
}
