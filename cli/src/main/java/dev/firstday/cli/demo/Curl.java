package dev.firstday.cli.demo;

import java.net.URI;

/** A command that a person can paste. */
final class Curl {
  private Curl() {}

  static String command(URI endpoint, Place.ServedModel served) {
    return "curl -s "
        + endpoint
        + "/v2/models/"
        + served.model()
        + "/infer -H 'content-type: application/json' -d '"
        + served.request().replace("'", "'\\''")
        + "'";
  }
}
