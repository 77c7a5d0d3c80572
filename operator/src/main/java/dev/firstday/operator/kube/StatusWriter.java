package dev.firstday.operator.kube;

import dev.firstday.api.ResourceStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one write of a status, at the end of a pass. The next pass is certain to see it, since
 * decisions are kept in it.
 *
 * @param <S> the kind's status
 * @param <P> the kind
 */
public final class StatusWriter<S extends ResourceStatus, P extends CustomResource<?, S>> {
  private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
  private static final Duration SOONEST = Duration.ofMillis(100);
  private static final int TELLING_FAILURES = 3;

  private final Supplier<P> blank;

  /**
   * @param blank makes an empty resource of the kind: a patch of the one received would claim the
   *     user's fields for the operator
   */
  public StatusWriter(Supplier<P> blank) {
    this.blank = blank;
  }

  /** Writes the status if it differs, and asks for the next pass at the given time, if any. */
  public UpdateControl<P> write(
      P resource, S status, Optional<Instant> wakeUp, Instant now, Context<P> context) {
    if (!Objects.equals(resource.getStatus(), status)) {
      P fresh = blank.get();
      fresh.setMetadata(
          new ObjectMetaBuilder()
              .withNamespace(resource.getMetadata().getNamespace())
              .withName(resource.getMetadata().getName())
              // a namesake made after a deletion is another resource, and this is not its status
              .withUid(resource.getMetadata().getUid())
              .build());
      fresh.setStatus(status);
      PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(resource, fresh, context);
    }
    UpdateControl<P> control = UpdateControl.noUpdate();
    wakeUp.ifPresent(time -> control.rescheduleAfter(delay(now, time)));
    return control;
  }

  /**
   * Says that passes over the resource fail, once that is more than bad luck. The pass itself is
   * tried again in any case, but for one over what cannot be read.
   *
   * @param failed makes the status that says so
   */
  public ErrorStatusUpdateControl<P> writeFailure(
      P resource, Exception cause, Instant now, Context<P> context, Function<Standing, S> failed) {
    if (cause instanceof Unreadable unreadable) {
      LOG.error(
          "{} {}/{} cannot be read: {}",
          resource.getKind(),
          resource.getMetadata().getNamespace(),
          resource.getMetadata().getName(),
          cause.getMessage());
      if (unreadable.isStatusRead()) {
        Standing stalled = Standing.stalled("Unreadable", cause.getMessage());
        write(resource, failed.apply(stalled), Optional.empty(), now, context);
      }
      // whoever corrects it changes it, which calls for a pass
      return ErrorStatusUpdateControl.<P>noStatusUpdate().withNoRetry();
    }
    int attempts = context.getRetryInfo().map(RetryInfo::getAttemptCount).orElse(0);
    if (attempts >= TELLING_FAILURES) {
      Standing standing =
          Standing.reconciling(
              "OperatorFailing",
              "the operator cannot go on and tries again: %s; its log tells more"
                  .formatted(cause.getMessage()));
      boolean wasReady = resource.getStatus() != null && resource.getStatus().holds(Standing.READY);
      write(
          resource,
          failed.apply(wasReady ? standing.whileReady() : standing),
          Optional.empty(),
          now,
          context);
    }
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }

  private static Duration delay(Instant now, Instant time) {
    Duration delay = Duration.between(now, time);
    return delay.compareTo(SOONEST) < 0 ? SOONEST : delay;
  }
}
