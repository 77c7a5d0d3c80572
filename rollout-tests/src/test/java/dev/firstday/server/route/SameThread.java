package dev.firstday.server.route;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;

/** Works before the call returns, so that a simulation has no threads. */
final class SameThread implements WorkerExecutor {
  @Override
  public <T> Future<T> executeBlocking(Callable<T> work, boolean ordered) {
    try {
      return Future.succeededFuture(work.call());
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  @Override
  @Deprecated
  public <T> Future<T> executeBlocking(Handler<Promise<T>> work, boolean ordered) {
    Promise<T> promise = Promise.promise();
    work.handle(promise);
    return promise.future();
  }

  @Override
  @Deprecated
  public <T> void executeBlocking(
      Handler<Promise<T>> work, boolean ordered, Handler<AsyncResult<T>> then) {
    this.<T>executeBlocking(work, ordered).onComplete(then);
  }

  @Override
  public void close(Handler<AsyncResult<Void>> then) {
    close().onComplete(then);
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
