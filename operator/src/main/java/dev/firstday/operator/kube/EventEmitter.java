package dev.firstday.operator.kube;

import dev.firstday.contract.Contract;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events. An event that cannot be written is logged: it must not hold up the work. */
public final class EventEmitter {
  private static final Logger LOG = LoggerFactory.getLogger(EventEmitter.class);
  private static final int DIGEST_LENGTH = 16;
  private static final int MAX_MESSAGE = 1024;

  private final KubernetesClient client;

  public EventEmitter(KubernetesClient client) {
    this.client = client;
  }

  /** Tells each draft, unless it has been told of this generation of the resource before. */
  public void emit(HasMetadata resource, List<EventDraft> drafts, Instant now) {
    drafts.forEach(draft -> emit(resource, draft, now));
  }

  private void emit(HasMetadata resource, EventDraft draft, Instant now) {
    try {
      client.resource(event(resource, draft, now)).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        LOG.warn(
            "event {} of {} {}/{} was not written: {}",
            draft.reason(),
            resource.getKind(),
            resource.getMetadata().getNamespace(),
            resource.getMetadata().getName(),
            e.getMessage());
      }
    }
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
