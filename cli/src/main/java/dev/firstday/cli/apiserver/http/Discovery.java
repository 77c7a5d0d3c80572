package dev.firstday.cli.apiserver.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.type.Registry;
import dev.firstday.cli.apiserver.type.ResourceType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is there: the server's version, its groups and their resources. */
final class Discovery {
  private static final Pattern GROUP = Pattern.compile("/apis/([^/]+)");
  private static final Pattern GROUP_VERSION = Pattern.compile("/apis/([^/]+)/([^/]+)");

  private final Registry registry;
  private final OpenApi openApi;

  Discovery(Registry registry) {
    this.registry = registry;
    this.openApi = new OpenApi(registry);
  }

  /** The document at a path, if that is one of these. */
  Optional<Answer> answer(String path) {
    String plain =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    switch (plain) {
      case "/healthz", "/livez", "/readyz" -> {
        return Optional.of(Answer.text("ok"));
      }
      case "/version" -> {
        return Optional.of(Answer.json(version()));
      }
      case "/api" -> {
        return Optional.of(Answer.json(coreVersions()));
      }
      case "/apis" -> {
        return Optional.of(Answer.json(groups()));
      }
      case "/api/v1" -> {
        return Optional.of(Answer.json(resources("", "v1")));
      }
      default -> {
        return groupDocument(plain).map(Answer::json).or(() -> openApi.answer(plain));
      }
    }
  }

  private Optional<ObjectNode> groupDocument(String path) {
    Matcher group = GROUP.matcher(path);
    if (group.matches()) {
      Set<String> versions = versions().get(group.group(1));
      return Optional.ofNullable(versions)
          .map(
              known ->
                  group(group.group(1), known).put("kind", "APIGroup").put("apiVersion", "v1"));
    }
    Matcher version = GROUP_VERSION.matcher(path);
    if (version.matches() && !registry.types(version.group(1), version.group(2)).isEmpty()) {
      return Optional.of(resources(version.group(1), version.group(2)));
    }
    return Optional.empty();
  }

  private static ObjectNode version() {
    return Json.object()
        .put("major", "1")
        .put("minor", "34")
        .put("gitVersion", "v1.34.0+firstday")
        .put("gitCommit", "")
        .put("gitTreeState", "")
        .put("buildDate", "1970-01-01T00:00:00Z")
        .put("goVersion", "")
        .put("compiler", "")
        .put("platform", "local/jvm");
  }

  private static ObjectNode coreVersions() {
    ObjectNode versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  private ObjectNode groups() {
    ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    versions().forEach((name, versions) -> groups.add(group(name, versions)));
    return list;
  }

  private Map<String, Set<String>> versions() {
    Map<String, Set<String>> versions = new LinkedHashMap<>();
    for (ResourceType type : registry.types()) {
      if (!type.group().isEmpty()) {
        versions.computeIfAbsent(type.group(), group -> new LinkedHashSet<>()).add(type.version());
      }
    }
    return versions;
  }

  private static ObjectNode group(String name, Set<String> versions) {
    ObjectNode group = Json.object().put("name", name);
    ArrayNode all = group.putArray("versions");
    versions.forEach(version -> all.add(groupVersion(name, version)));
    group.set("preferredVersion", all.get(0));
    return group;
  }

  private static ObjectNode groupVersion(String group, String version) {
    return Json.object().put("groupVersion", group + "/" + version).put("version", version);
  }

  private ObjectNode resources(String group, String version) {
    ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
    ArrayNode resources = list.putArray("resources");
    for (ResourceType type : registry.types(group, version)) {
      resources.add(resource(type));
      for (String subresource : type.subresources()) {
        resources.add(subresource(type, subresource));
      }
    }
    return list;
  }

  private static ObjectNode resource(ResourceType type) {
    ObjectNode resource =
        Json.object()
            .put("name", type.names().plural())
            .put("singularName", type.names().singular())
            .put("namespaced", type.isNamespaced())
            .put("kind", type.kind());
    resource.set("verbs", Json.array(type.verbs()));
    if (!type.names().shortNames().isEmpty()) {
      resource.set("shortNames", Json.array(type.names().shortNames()));
    }
    if (!type.names().categories().isEmpty()) {
      resource.set("categories", Json.array(type.names().categories()));
    }
    return resource;
  }

  private static ObjectNode subresource(ResourceType type, String name) {
    ObjectNode resource =
        Json.object()
            .put("name", type.names().plural() + "/" + name)
            .put("singularName", "")
            .put("namespaced", type.isNamespaced());
    List<String> verbs = List.of("get", "patch", "update");
    switch (name) {
      case "scale" ->
          resource.put("group", "autoscaling").put("version", "v1").put("kind", "Scale");
      case "eviction" -> {
        resource.put("group", "policy").put("version", "v1").put("kind", "Eviction");
        verbs = List.of("create");
      }
      case "log" -> {
        resource.put("kind", type.kind());
        verbs = List.of("get");
      }
      default -> resource.put("kind", type.kind());
    }
    return resource.set("verbs", Json.array(verbs));
  }
}
