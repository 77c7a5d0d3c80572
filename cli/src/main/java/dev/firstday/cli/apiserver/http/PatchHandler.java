package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.objects.ApiException;
import dev.firstday.cli.apiserver.objects.ObjectChange;
import dev.firstday.cli.apiserver.patch.MergePatch;
import dev.firstday.cli.apiserver.patch.StrategicMergePatch;
import dev.firstday.cli.apiserver.type.ResourceType;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;

/** Turns the body of a PATCH, other than an apply, into a change. */
final class PatchHandler {
  static final String APPLY = "application/apply-patch+yaml";

  private static final String JSON_PATCH = "application/json-patch+json";
  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final String STRATEGIC = "application/strategic-merge-patch+json";

  private PatchHandler() {}

  static ObjectChange change(Call call, ResourceType type) {
    String contentType = Bodies.contentType(call);
    JsonNode patch = Bodies.parse(call);
    return switch (contentType) {
      case JSON_PATCH -> live -> object(jsonPatch(patch, live));
      case MERGE_PATCH -> live -> object(MergePatch.apply(live, patch));
      case STRATEGIC -> strategic(type, patch);
      default -> throw ApiException.unsupportedMediaType(accepted(type));
    };
  }

  private static ObjectChange strategic(ResourceType type, JsonNode patch) {
    if (type.isCustom()) {
      throw ApiException.unsupportedMediaType(accepted(type));
    }
    return live -> StrategicMergePatch.apply(type.schema(), live, patch);
  }

  private static JsonNode jsonPatch(JsonNode patch, ObjectNode live) {
    try {
      return JsonPatch.apply(patch, live);
    } catch (JsonPatchException e) {
      throw ApiException.unprocessable(e.getMessage());
    }
  }

  private static ObjectNode object(JsonNode patched) {
    if (patched instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.badRequest("the patch makes the object into something else");
  }

  private static String accepted(ResourceType type) {
    String all = JSON_PATCH + ", " + MERGE_PATCH + ", " + APPLY;
    return type.isCustom() ? all : all + ", " + STRATEGIC;
  }
}
