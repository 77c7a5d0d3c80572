package dev.firstday.cli.apiserver.kinds;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;

/** A claim waits for its volume. */
final class ClaimRules implements KindRules {

  @Override
  public void complete(ObjectNode claim) {
    Json.putIfAbsent(Json.child(claim, "spec"), "volumeMode", "Filesystem");
    claim.putObject("status").put("phase", "Pending");
  }
}
