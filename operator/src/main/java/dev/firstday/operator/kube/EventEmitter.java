package dev.firstday.operator.kube;

import dev.firstday.contract.Contract;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events. One that happens again raises the count and the last time of the one that is
 * there, as {@link Repetitions} allows. An event that cannot be written is logged: it must not hold
 * up the work.
 */
public final class EventEmitter {
  private static final Logger LOG = LoggerFactory.getLogger(EventEmitter.class);
  private static final int DIGEST_LENGTH = 16;
  private static final int MAX_MESSAGE = 1024;

  private final KubernetesClient client;
  private final Repetitions repetitions = new Repetitions();

  public EventEmitter(KubernetesClient client) {
    this.client = client;
  }

  /** Tells each draft; what is told of this generation of the resource already, once more. */
  public void emit(HasMetadata resource, List<EventDraft> drafts, Instant now) {
    drafts.stream().distinct().forEach(draft -> emit(resource, draft, now));
  }

  private void emit(HasMetadata resource, EventDraft draft, Instant now) {
    Event event = event(resource, draft, now);
    String key = event.getMetadata().getNamespace() + "/" + event.getMetadata().getName();
    Repetitions.Due due = repetitions.happens(key, now);
    if (due.times() == 0) {
      return;
    }
    event.setCount(due.times());
    try {
      repetitions.written(key, due.written() == 0 ? create(event) : raise(event, due.written()));
    } catch (KubernetesClientException e) {
      LOG.warn(
          "event {} of {} {}/{} was not written: {}",
          draft.reason(),
          resource.getKind(),
          resource.getMetadata().getNamespace(),
          resource.getMetadata().getName(),
          e.getMessage());
    }
  }

  /** One of before this operator began has a count that nobody knows here: a patch answers it. */
  private int create(Event event) {
    try {
      client.resource(event).create();
      return event.getCount();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      Event there = patch(event, null);
      return raise(event, there.getCount() == null ? 1 : there.getCount());
    }
  }

  /** API servers forget events after a while, an hour as a rule: then it is the first again. */
  private int raise(Event event, int before) {
    int count = before + event.getCount();
    try {
      patch(event, count);
      return count;
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
      client.resource(event).create();
      return event.getCount();
    }
  }

  /** What has only these two fields is sent as it is: nothing is read for it. */
  private Event patch(Event event, Integer count) {
    Event fields =
        new EventBuilder()
            .withNewMetadata()
            .withNamespace(event.getMetadata().getNamespace())
            .withName(event.getMetadata().getName())
            .endMetadata()
            .withCount(count)
            .withLastTimestamp(event.getLastTimestamp())
            .build();
    return client.resource(fields).patch(PatchContext.of(PatchType.JSON_MERGE));
  }

  static Event event(HasMetadata resource, EventDraft draft, Instant now) {
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    String digest =
        Contract.digest(
                List.of(
                    resource.getMetadata().getUid(),
                    String.valueOf(resource.getMetadata().getGeneration()),
                    draft.reason(),
                    draft.message()))
            .substring(0, DIGEST_LENGTH);
    String message = draft.message();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(resource.getMetadata().getNamespace())
        .withName(resource.getMetadata().getName() + "." + digest)
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(resource.getApiVersion())
        .withKind(resource.getKind())
        .withNamespace(resource.getMetadata().getNamespace())
        .withName(resource.getMetadata().getName())
        .withUid(resource.getMetadata().getUid())
        .endInvolvedObject()
        .withType(draft.type().word())
        .withReason(draft.reason())
        .withMessage(message.substring(0, Math.min(message.length(), MAX_MESSAGE)))
        .withNewSource()
        .withComponent(Applier.FIELD_MANAGER)
        .endSource()
        .withReportingComponent(Applier.FIELD_MANAGER)
        .withFirstTimestamp(time)
        .withLastTimestamp(time)
        .withCount(1)
        .build();
  }
}
