package dev.firstday.server.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import dev.firstday.server.http.Call;
import dev.firstday.server.http.RequestIds;
import dev.firstday.server.v2.Encoded;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the candidate was asked at the end of its training. Some go ahead uncounted: connections
 * open, code gets compiled, and stable's latency becomes known.
 */
record GoldenRequests(BackendClient client) implements OwnRequests {
  private static final int WARM_UPS = 20;
  static final int ATTEMPTS = 5;

  @Override
  public Source source() {
    return Source.GOLDEN;
  }

  @Override
  public boolean isWanted(Routes current) {
    return true;
  }

  @Override
  public Future<List<Call>> fetch(Routes current) {
    return client
        .getGolden(current.candidate())
        .map(
            outcome -> {
              String json =
                  new String(
                      outcome.bodyOf("golden requests of the candidate"), StandardCharsets.UTF_8);
              List<Call> calls = new ArrayList<>();
              for (JsonNode request : Contract.read(json, JsonNode.class)) {
                calls.add(call(current.model(), request));
              }
              return calls;
            });
  }

  @Override
  public int warmUps() {
    return WARM_UPS;
  }

  /** A version that fails one request in a hundred is no worse for meeting it here. */
  @Override
  public int attempts() {
    return ATTEMPTS;
  }

  private static Call call(String model, JsonNode request) {
    return new Call(
        RequestIds.of(request.path("id").textValue()),
        model,
        null,
        null,
        Encoded.JSON,
        null,
        Buffer.buffer(request.toString()));
  }
}
