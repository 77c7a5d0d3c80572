package dev.firstday.operator;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Notes what rights an operator makes use of, as {@code verb resource[/subresource].group}, so that
 * the chart's tests can tell which of those that it grants nobody needs.
 */
public final class UsedRights implements Interceptor {
  private static final Path FOLDER = Path.of("target", "used-rights");
  private static final Pattern PATH =
      Pattern.compile(
          "/(?:api|apis/(?<group>[^/]+))/[^/]+(?:/namespaces/[^/]+)?/(?<resource>[a-z]+)"
              + "(?<name>/[^/]+)?(?<sub>/[a-z]+)?/?");

  private final Set<String> used = new ConcurrentSkipListSet<>();

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    Matcher path = PATH.matcher(request.uri().getPath());
    if (path.matches()) {
      String verb = verb(request, path.group("name") != null);
      note(verb, path);
      if (verb.equals("patch") && path.group("sub") == null) {
        // whoever applies what is not there creates it, and needs the right to
        note("create", path);
      }
    }
  }

  private void note(String verb, Matcher path) {
    used.add(
        "%s %s%s.%s"
            .formatted(
                verb,
                path.group("resource"),
                path.group("sub") == null ? "" : path.group("sub"),
                path.group("group") == null ? "" : path.group("group")));
  }

  /** What RBAC calls a request: a collection is read by lists and watches. */
  private static String verb(HttpRequest request, boolean named) {
    String query = request.uri().getQuery() == null ? "" : request.uri().getQuery();
    return switch (request.method()) {
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> named ? "delete" : "deletecollection";
      default -> query.contains("watch=true") ? "watch" : named ? "get" : "list";
    };
  }

  /** Leaves them where the chart's tests look. */
  void write(String name) {
    try {
      Files.createDirectories(FOLDER);
      Files.write(FOLDER.resolve(name + ".txt"), used);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
