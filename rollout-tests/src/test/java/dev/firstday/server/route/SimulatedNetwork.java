package dev.firstday.server.route;

import dev.firstday.contract.Routes;
import dev.firstday.server.http.Call;
import dev.firstday.server.http.Reply;
import dev.firstday.server.v2.Encoded;
import dev.firstday.server.v2.V2;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Versions that are asked where they stand, and answer before the call returns.
 *
 * @param versions by digest
 */
record SimulatedNetwork(Map<String, SimulatedVersion> versions) implements BackendClient {
  private static final long NANOS = 1_000_000;

  @Override
  public Future<Outcome> infer(Routes.Backend backend, Call call) {
    SimulatedVersion.Answer answer = version(backend).infer(call);
    return Future.succeededFuture(
        answer.reply() == null
            ? new Outcome.Unreachable(
                answer.timedOut() ? "no answer" : "the connection broke",
                answer.timedOut(),
                answer.nanos())
            : answered(answer.reply(), answer.nanos()));
  }

  @Override
  public Future<Outcome> getModel(Routes.Backend backend, String model, String path) {
    return Future.succeededFuture(
        answered(Reply.json(200, V2.write(version(backend).metadata())), NANOS));
  }

  @Override
  public Future<Outcome> getGolden(Routes.Backend backend) {
    String requests =
        version(backend).golden().stream()
            .map(body -> new String(body, StandardCharsets.UTF_8))
            .collect(Collectors.joining(",", "[", "]"));
    return Future.succeededFuture(
        answered(Reply.json(200, Buffer.buffer(requests).getBytes()), NANOS));
  }

  private SimulatedVersion version(Routes.Backend backend) {
    return versions.get(backend.digest());
  }

  private static Outcome answered(Reply reply, long nanos) {
    return new Outcome.Answered(
        reply.status(),
        reply.headers().get("Content-Type"),
        reply.headers().get(Encoded.LENGTH_HEADER),
        reply.body(),
        nanos);
  }
}
