package dev.firstday.server.route;

import dev.firstday.contract.Routes;
import dev.firstday.sdk.capture.CaptureDocument;
import dev.firstday.sdk.store.CaptureFiles;
import dev.firstday.sdk.store.StoreException;
import dev.firstday.server.capture.CapturedCall;
import dev.firstday.server.http.Call;
import dev.firstday.server.v2.ProtocolException;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest requests that were captured because they were drawn at random. What was kept because
 * it failed is left out: it would be oftener among these than among callers' requests, and a rate
 * says something only of requests as they come.
 *
 * @param files where they lie; empty in a router without access to S3
 * @param reading where they are read
 */
record CapturedRequests(Optional<CaptureFiles> files, WorkerExecutor reading, Clock clock)
    implements OwnRequests {
  private static final Logger LOG = LoggerFactory.getLogger(CapturedRequests.class);

  /** Requests are held in memory while they are sent. */
  private static final long MAX_BYTES = 8 << 20;

  @Override
  public Source source() {
    return Source.REPLAY;
  }

  @Override
  public boolean isWanted(Routes current) {
    return current.replay() != null && current.stable() != null;
  }

  @Override
  public int warmUps() {
    return 0;
  }

  /** A rate is what they show. */
  @Override
  public int attempts() {
    return 1;
  }

  @Override
  public Future<List<Call>> fetch(Routes current) {
    return files
        .map(store -> reading.executeBlocking(() -> read(store, current), false))
        .orElseGet(
            () ->
                Future.failedFuture(
                    ProtocolException.unavailable("this router has no access to S3")));
  }

  private List<Call> read(CaptureFiles store, Routes current) {
    Instant oldest = clock.instant().minus(Duration.ofDays(current.replay().maxAgeDays()));
    Map<String, Call> newest = new LinkedHashMap<>();
    long bytes = 0;
    Iterator<String> names = store.since(LocalDate.ofInstant(oldest, ZoneOffset.UTC)).iterator();
    while (names.hasNext()) {
      for (Call call : calls(store, names.next(), current.model(), oldest)) {
        if (!newest.containsKey(call.id())) {
          bytes += call.body().length();
          if (newest.size() == current.replay().requests() || bytes > MAX_BYTES) {
            return List.copyOf(newest.values());
          }
          newest.put(call.id(), call);
        }
      }
    }
    return List.copyOf(newest.values());
  }

  /** The newest first; those of a file that is damaged, or was deleted meanwhile, are none. */
  private static List<Call> calls(CaptureFiles store, String name, String model, Instant oldest) {
    try {
      List<Call> calls =
          CaptureDocument.read(store.read(name, CaptureDocument.MAX_FILE_BYTES)).stream()
              .filter(document -> document.isSampled() && model.equals(document.model()))
              .filter(document -> document.time() != null && !document.time().isBefore(oldest))
              .flatMap(document -> CapturedCall.of(document).stream())
              .collect(Collectors.toCollection(ArrayList::new));
      Collections.reverse(calls);
      return calls;
    } catch (StoreException e) {
      if (e.why() == StoreException.Reason.OBJECT_NOT_FOUND
          || e.why() == StoreException.Reason.OBJECT_TOO_LARGE) {
        LOG.warn("captured requests are passed over: {}", e.getMessage());
        return List.of();
      }
      throw e;
    } catch (IllegalArgumentException e) {
      LOG.warn("captured requests in {} are passed over: {}", name, e.getMessage());
      return List.of();
    }
  }
}
