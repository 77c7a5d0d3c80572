package dev.firstday.server.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import dev.firstday.server.http.Call;
import dev.firstday.server.http.Reply;
import dev.firstday.server.http.RequestIds;
import dev.firstday.server.v2.ProtocolException;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.StreamSupport;

/**
 * Takes the true labels of requests that were answered before: {@code {"id": ..., "labels":
 * [...]}}, a label each row. What they say is for the trial under way; nothing is kept of them.
 */
final class Feedback {
  private static final int AT_MOST = 64;
  private static final int ACCEPTED = 202;

  private final Trials trials;
  private final WorkerExecutor comparing;
  private final RouterMetrics metrics;
  private final Semaphore room = new Semaphore(AT_MOST);

  /**
   * @param comparing where labels are read and compared
   */
  Feedback(Trials trials, WorkerExecutor comparing, RouterMetrics metrics) {
    this.trials = trials;
    this.comparing = comparing;
    this.metrics = metrics;
  }

  /** The answer tells how many rows were taken, and how many of them tell the versions apart. */
  Future<Reply> take(Call call) {
    Routes routes = trials.routesOf(call.model());
    Trial trial =
        trials
            .trialOf(routes)
            .filter(t -> routes.stable() != null)
            .orElseThrow(
                () ->
                    ProtocolException.notFound(
                        "no version is on trial beside a stable one; labels are of use only then"));
    if (!room.tryAcquire()) {
      throw ProtocolException.unavailable("too many labels come at once");
    }
    return comparing
        .executeBlocking(() -> learn(trial, call), false)
        .onComplete(done -> room.release());
  }

  private Reply learn(Trial trial, Call call) {
    JsonNode json = read(call);
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

  private static JsonNode read(Call call) {
    try {
      return Contract.read(call.body().toString(StandardCharsets.UTF_8), JsonNode.class);
    } catch (IllegalArgumentException e) {
      throw ProtocolException.badRequest("the body is not JSON: " + e.getMessage());
    }
  }

  private static Reply answer(String id, LabelPair.Truth truth) {
    String body =
        Contract.write(Map.of("id", id, "rows", truth.rows(), "counted", truth.telling()));
    return Reply.json(ACCEPTED, body.getBytes(StandardCharsets.UTF_8));
  }
}
