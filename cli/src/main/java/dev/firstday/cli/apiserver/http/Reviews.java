package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.objects.ApiException;
import java.util.List;

/** Questions about rights: whoever can reach the loopback address may do everything. */
final class Reviews {
  static final String GROUP = "authorization.k8s.io";

  private static final List<String> ALL = List.of("*");

  private Reviews() {}

  static Answer answer(Target target, Call call) {
    if (!call.method().equals("POST")) {
      throw ApiException.methodNotAllowed();
    }
    // the question makes no difference to the answer, and kubectl asks it in Protocol Buffers
    ObjectNode review =
        Json.object()
            .put("apiVersion", target.type().apiVersion())
            .put("kind", target.type().kind());
    ObjectNode status = review.putObject("status");
    if (target.type().kind().equals("SelfSubjectRulesReview")) {
      ObjectNode rule = status.putArray("resourceRules").addObject();
      rule.set("verbs", Json.array(ALL));
      rule.set("apiGroups", Json.array(ALL));
      rule.set("resources", Json.array(ALL));
      ObjectNode paths = status.putArray("nonResourceRules").addObject();
      paths.set("verbs", Json.array(ALL));
      paths.set("nonResourceURLs", Json.array(ALL));
      status.put("incomplete", false);
    } else {
      status.put("allowed", true).put("reason", "the local mode has one user");
    }
    return Answer.created(review);
  }
}
