package dev.firstday.server.route;

import dev.firstday.contract.Routes;
import dev.firstday.server.http.Reply;
import dev.firstday.server.v2.ProtocolException;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a router remembers of callers' requests goes to another one of the Deployment when it ends,
 * so that labels which come later find it. With one that is killed it is lost.
 */
final class Handover {
  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  /** Twice of what a trial remembers at most. */
  static final int MAX_BYTES = 16 << 20;

  /** Another one with each change of what is written: two releases may be up at the same time. */
  private static final int FORMAT = 1;

  private final Trials trials;
  private final WorkerExecutor comparing;
  private final Peers peers;
  private final BooleanSupplier ending;

  /**
   * @param comparing where what is remembered is written and read
   * @param ending whether this router is about to end, and takes nothing any more
   */
  Handover(Trials trials, WorkerExecutor comparing, Peers peers, BooleanSupplier ending) {
    this.trials = trials;
    this.comparing = comparing;
    this.peers = peers;
    this.ending = ending;
  }

  /** The future is over when another router has it, or none can be had; it never fails. */
  Future<Void> give() {
    return trials
        .routes()
        .flatMap(routes -> trials.trialOf(routes).map(trial -> give(routes.model(), trial)))
        .orElseGet(Future::succeededFuture);
  }

  private Future<Void> give(String model, Trial trial) {
    int requests = trial.remembered().size();
    return requests == 0
        ? Future.succeededFuture()
        : comparing
            .executeBlocking(() -> written(trial), false)
            .compose(bytes -> peers.remember(model, bytes))
            .onSuccess(taken -> tell(requests, taken))
            .onFailure(failure -> LOG.error("what is remembered cannot be handed on", failure))
            .otherwise(false)
            .mapEmpty();
  }

  private static void tell(int requests, boolean taken) {
    if (taken) {
      LOG.info("another router remembers {} requests from now on", requests);
    } else {
      LOG.warn("no other router takes {} requests: labels that come later are lost", requests);
    }
  }

  /**
   * Remembers what another router did.
   *
   * @throws ProtocolException 503 when this router ends, too, and 404 when it compares no versions,
   *     or others
   */
  Future<Reply> take(String model, Buffer bytes) {
    if (ending.getAsBoolean()) {
      throw ProtocolException.unavailable("this router is about to end");
    }
    Routes routes = trials.routesOf(model);
    Trial trial = trials.trialOf(routes).orElseThrow(Handover::anotherTrial);
    return comparing.executeBlocking(() -> taken(trial, bytes), false);
  }

  private static Buffer written(Trial trial) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(FORMAT);
      out.writeUTF(trial.stableDigest());
      out.writeUTF(trial.candidateDigest());
      trial.remembered().write(out);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private static Reply taken(Trial trial, Buffer bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.getBytes()))) {
      if (in.readInt() != FORMAT) {
        throw ProtocolException.badRequest("another release has written this");
      }
      if (!in.readUTF().equals(trial.stableDigest())
          || !in.readUTF().equals(trial.candidateDigest())) {
        throw anotherTrial();
      }
      trial.remembered().read(in);
      return Reply.json(HttpURLConnection.HTTP_ACCEPTED, "{}".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw ProtocolException.badRequest("requests to remember: " + e);
    }
  }

  private static ProtocolException anotherTrial() {
    return ProtocolException.notFound("these versions are not compared here");
  }
}
