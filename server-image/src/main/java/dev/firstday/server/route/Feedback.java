package dev.firstday.server.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import dev.firstday.server.http.Call;
import dev.firstday.server.http.Reply;
import dev.firstday.server.http.RequestIds;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.V2;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/**
 * Takes the true labels of requests that were answered before: {@code {"id": ..., "labels":
 * [...]}}, a label each row. What they say is for the trial under way; nothing is kept of them.
 */
final class Feedback {
  private static final int AT_MOST = 64;

  private final Trials trials;
  private final WorkerExecutor comparing;
  private final RouterMetrics metrics;
  private final Peers peers;
  private final Semaphore room = new Semaphore(AT_MOST);

  /**
   * @param comparing where labels are read and compared
   * @param peers who may remember what this router does not
   */
  Feedback(Trials trials, WorkerExecutor comparing, RouterMetrics metrics, Peers peers) {
    this.trials = trials;
    this.comparing = comparing;
    this.metrics = metrics;
    this.peers = peers;
  }

  /** The answer tells how many rows were taken, and how many of them tell the versions apart. */
  Future<Reply> take(Call call) {
    Trial trial = trialOf(call.model());
    return bounded(
        () ->
            learn(trial, call.body())
                .recover(
                    failure ->
                        isForgotten(failure)
                            ? askPeers(call, failure)
                            : Future.failedFuture(failure)));
  }

  /** What they say, or the failure where they do not remember either. */
  private Future<Reply> askPeers(Call call, Throwable forgotten) {
    return peers
        .learn(call.model(), call.body())
        .compose(
            known -> known.map(Future::succeededFuture).orElse(Future.failedFuture(forgotten)));
  }

  /** As the other, of what this router remembers and nobody else. */
  Future<Reply> takeHere(String model, Buffer labels) {
    Trial trial = trialOf(model);
    return bounded(() -> learn(trial, labels));
  }

  private Trial trialOf(String model) {
    Routes routes = trials.routesOf(model);
    return trials
        .trialOf(routes)
        .filter(t -> routes.stable() != null)
        .orElseThrow(
            () ->
                ProtocolException.notFound(
                    "no version is on trial beside a stable one; labels are of use only then"));
  }

  private Future<Reply> bounded(Supplier<Future<Reply>> work) {
    if (!room.tryAcquire()) {
      throw ProtocolException.unavailable("too many labels come at once");
    }
    return work.get().onComplete(done -> room.release());
  }

  private static boolean isForgotten(Throwable failure) {
    return failure instanceof ProtocolException error
        && error.status() == HttpURLConnection.HTTP_NOT_FOUND;
  }

  private Future<Reply> learn(Trial trial, Buffer body) {
    return comparing.executeBlocking(() -> learnt(trial, V2.readJson(body.getBytes())), false);
  }

  private Reply learnt(Trial trial, JsonNode json) {
    String id = json.path("id").textValue();
    if (!RequestIds.isFit(id)) {
      throw ProtocolException.badRequest(
          "id must be the " + RequestIds.HEADER + " that the request was answered with");
    }
    if (!json.path("labels").isArray()) {
      throw ProtocolException.badRequest("labels must be an array, one label a row");
    }
    List<JsonNode> labels = StreamSupport.stream(json.get("labels").spliterator(), false).toList();
    Optional<LabelPair.Truth> truth = trial.learn(id, labels);
    truth.ifPresent(metrics::learnt);
    return answer(id, truth.orElse(LabelPair.Truth.NONE));
  }

  private static Reply answer(String id, LabelPair.Truth truth) {
    String body =
        Contract.write(Map.of("id", id, "rows", truth.rows(), "counted", truth.telling()));
    return Reply.json(HttpURLConnection.HTTP_ACCEPTED, body.getBytes(StandardCharsets.UTF_8));
  }
}
