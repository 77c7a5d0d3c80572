package dev.firstday.server.route;

import dev.firstday.server.http.Call;
import dev.firstday.server.http.Reply;
import dev.firstday.server.v2.ModelMetadata;
import java.util.List;

/** A version as routers meet it, without a network between them. */
public interface SimulatedVersion {
  ModelMetadata metadata();

  /** Bodies of its golden requests. */
  List<byte[]> golden();

  /** How it takes a request now. */
  Answer infer(Call call);

  /**
   * What comes of a request.
   *
   * @param reply null where none came
   * @param timedOut why there is none: it did not come in time, or else the connection broke
   * @param nanos how long it took
   */
  record Answer(Reply reply, boolean timedOut, long nanos) {
    public static Answer of(Reply reply, long nanos) {
      return new Answer(reply, false, nanos);
    }

    public static Answer broken(long nanos) {
      return new Answer(null, false, nanos);
    }

    public static Answer late(long nanos) {
      return new Answer(null, true, nanos);
    }
  }
}
