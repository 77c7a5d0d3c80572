package dev.firstday.server.http;

import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.ServerMetadata;
import io.vertx.core.Future;
import java.util.List;

/**
 * What answers behind the protocol's paths. Methods are called on event loops and must not block; a
 * {@link ProtocolException}, thrown or as the future's failure, becomes the protocol's error.
 */
public interface V2Service {
  ServerMetadata metadata();

  boolean ready();

  List<String> models();

  Future<Reply> modelMetadata(Call call);

  Future<Reply> modelReady(Call call);

  Future<Reply> infer(Call call);
}
