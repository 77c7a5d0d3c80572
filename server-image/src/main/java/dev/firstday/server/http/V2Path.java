package dev.firstday.server.http;

import dev.firstday.server.v2.ProtocolException;

/**
 * What a path of the protocol names. Taken apart by hand: a general router tries each of its
 * patterns on each request, which takes longer than all else that a constant answer needs.
 *
 * @param model null where the server itself is asked
 * @param version of the model; null where the path names none
 * @param resource of the server: empty, {@code health/live}, {@code health/ready} or {@code
 *     models}; of a model: empty for its metadata, {@code ready}, or what is done with it, as
 *     {@code infer}
 */
record V2Path(String model, String version, String resource) {
  private static final String VERSIONS = "versions";

  /**
   * @throws ProtocolException 404 when it is no path of the protocol
   */
  static V2Path of(String path) {
    String[] parts = path.split("/");
    if (parts.length < 2 || !parts[0].isEmpty() || !parts[1].equals("v2")) {
      throw unknown(path);
    }
    if (parts.length == 2) {
      return new V2Path(null, null, "");
    }
    if (parts[2].equals("health") && parts.length == 4) {
      return new V2Path(null, null, parts[2] + "/" + parts[3]);
    }
    if (!parts[2].equals("models")) {
      throw unknown(path);
    }
    if (parts.length == 3) {
      return new V2Path(null, null, parts[2]);
    }
    boolean ofVersion = parts.length > 5 && parts[4].equals(VERSIONS);
    int rest = ofVersion ? 6 : 4;
    if (parts.length > rest + 1) {
      throw unknown(path);
    }
    return new V2Path(
        parts[3], ofVersion ? parts[5] : null, parts.length > rest ? parts[rest] : "");
  }

  static ProtocolException unknown(String path) {
    return ProtocolException.notFound("nothing is at " + path + "; models are at /v2/models/NAME");
  }
}
