package dev.firstday.rollout;

import dev.firstday.server.http.Call;
import dev.firstday.server.v2.Encoded;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.V2;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Requests about flights: a carrier, an hour and a distance each row. */
final class Traffic {
  static final String MODEL = "late-arrival";
  static final List<String> CARRIERS = List.of("UA", "AA", "DL", "B6", "HA");

  /** Each one's share of the flights; the last one's is small. */
  private static final double[] UP_TO = {0.35, 0.6, 0.8, 0.92, 1};

  private final SplittableRandom random;
  private final int mostRows;
  private final int keys;
  private int requests;

  /**
   * @param mostRows of a request
   * @param keys of callers; 0: they have none
   */
  Traffic(SplittableRandom random, int mostRows, int keys) {
    this.random = random;
    this.mostRows = mostRows;
    this.keys = keys;
  }

  Call next() {
    String id = "request-" + ++requests;
    String key = keys == 0 ? null : "passenger-" + random.nextInt(keys);
    return call(id, key, body(id, 1 + random.nextInt(mostRows), random));
  }

  static Call call(String id, byte[] body) {
    return call(id, null, body);
  }

  private static Call call(String id, String key, byte[] body) {
    return new Call(id, MODEL, null, key, Encoded.JSON, null, Buffer.buffer(body));
  }

  static byte[] body(String id, int rows, SplittableRandom random) {
    List<String> carriers = new ArrayList<>();
    double[] hours = new double[rows];
    double[] distances = new double[rows];
    for (int row = 0; row < rows; row++) {
      carriers.add(carrier(random));
      hours[row] = random.nextInt(24);
      distances[row] = 100 + random.nextInt(2900);
    }
    return V2.writeRequest(
        id,
        List.of(
            Tensor.texts("carrier", carriers),
            Tensor.doubles("hour", hours),
            Tensor.doubles("distance", distances)));
  }

  static String carrier(SplittableRandom random) {
    double place = random.nextDouble();
    int carrier = 0;
    while (UP_TO[carrier] <= place) {
      carrier++;
    }
    return CARRIERS.get(carrier);
  }
}
