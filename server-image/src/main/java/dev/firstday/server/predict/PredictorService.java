package dev.firstday.server.predict;

import dev.firstday.server.http.Call;
import dev.firstday.server.http.Reply;
import dev.firstday.server.http.V2Service;
import dev.firstday.server.v2.InferRequest;
import dev.firstday.server.v2.InferResponse;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.ServerMetadata;
import dev.firstday.server.v2.V2;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Answers with one version, once it is there. */
final class PredictorService implements V2Service {
  /** Larger requests take long to read and would hold up the others on the event loop. */
  private static final int LARGE_BYTES = 128 << 10;

  private final Vertx vertx;
  private final String name;
  private final String version;
  private final CompletableFuture<ServedModel> model;
  private final PredictorMetrics metrics;

  /**
   * @param name what callers call the model
   * @param version its number
   * @param model complete when it is ready to answer
   */
  PredictorService(
      Vertx vertx,
      String name,
      String version,
      CompletableFuture<ServedModel> model,
      PredictorMetrics metrics) {
    this.vertx = vertx;
    this.name = name;
    this.version = version;
    this.model = model;
    this.metrics = metrics;
  }

  @Override
  public ServerMetadata metadata() {
    return new ServerMetadata("firstday-predictor", "1", List.of(ServerMetadata.BINARY_TENSORS));
  }

  @Override
  public boolean ready() {
    return model.isDone() && !model.isCompletedExceptionally();
  }

  @Override
  public List<String> models() {
    return List.of(name);
  }

  @Override
  public Future<Reply> modelMetadata(Call call) {
    return Future.succeededFuture(Reply.json(200, V2.write(served(call).metadata())));
  }

  @Override
  public Future<Reply> modelReady(Call call) {
    check(call);
    return Future.succeededFuture(Reply.json(ready() ? 200 : 503, V2.health(name, ready())));
  }

  @Override
  public Future<Reply> infer(Call call) {
    long start = System.nanoTime();
    Future<Reply> reply;
    try {
      ServedModel served = served(call);
      reply =
          call.body().length() > LARGE_BYTES
              ? vertx.executeBlocking(() -> infer(served, call), false).compose(answer -> answer)
              : infer(served, call);
    } catch (RuntimeException e) {
      reply = Future.failedFuture(e);
    }
    return reply
        .onSuccess(answer -> metrics.answered(answer.status(), System.nanoTime() - start))
        .onFailure(
            failure ->
                metrics.answered(
                    failure instanceof ProtocolException error ? error.status() : 500,
                    System.nanoTime() - start));
  }

  private Future<Reply> infer(ServedModel served, Call call) {
    Context context = vertx.getOrCreateContext();
    InferRequest request = V2.readRequest(call.body().getBytes(), call.jsonLength());
    return Future.fromCompletionStage(served.infer(request, call.id()), context)
        .map(response -> reply(request, response))
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof CompletionException ? failure.getCause() : failure));
  }

  private static Reply reply(InferRequest request, InferResponse response) {
    return Reply.of(
        V2.write(
            response,
            output -> request instanceof InferRequest.Tensors tensors && tensors.binary(output)));
  }

  private ServedModel served(Call call) {
    check(call);
    if (!ready()) {
      throw ProtocolException.unavailable(
          "version " + version + " of '" + name + "' is being loaded");
    }
    return model.join();
  }

  private void check(Call call) {
    if (!name.equals(call.model())) {
      throw ProtocolException.notFound(
          "model '" + call.model() + "' is not here; this is '" + name + "'");
    }
    if (call.version() != null && !version.equals(call.version())) {
      throw ProtocolException.notFound(
          "version '" + call.version() + "' of '" + name + "' is not here; this is " + version);
    }
  }
}
