package dev.firstday.operator;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Notes which collections are listed and watched, and with what selector. */
final class Watched implements Interceptor {
  private static final Pattern COLLECTION =
      Pattern.compile(
          "/(?:api|apis/(?<group>[^/]+))/[^/]+(?:/namespaces/[^/]+)?/(?<resource>[a-z]+)/?");

  private final Set<Collection> seen = new ConcurrentSkipListSet<>();

  /**
   * @param resource in the words of RBAC: {@code jobs.batch}, {@code pods.}
   * @param selector of labels; empty: all are asked for
   */
  record Collection(String resource, String selector) implements Comparable<Collection> {
    @Override
    public int compareTo(Collection other) {
      return toString().compareTo(other.toString());
    }
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    Matcher path = COLLECTION.matcher(request.uri().getPath());
    if (request.method().equals("GET") && path.matches()) {
      String group = path.group("group") == null ? "" : path.group("group");
      seen.add(new Collection(path.group("resource") + "." + group, selector(request.uri())));
    }
  }

  Set<Collection> seen() {
    return new TreeSet<>(seen);
  }

  private static String selector(URI uri) {
    return Stream.of(uri.getQuery() == null ? new String[0] : uri.getQuery().split("&"))
        .filter(parameter -> parameter.startsWith("labelSelector="))
        .map(parameter -> parameter.substring("labelSelector=".length()))
        .findFirst()
        .orElse("");
  }
}
