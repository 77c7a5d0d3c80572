package dev.firstday.operator;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes every request that changes something. */
public final class CountingWrites implements Interceptor {
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (!request.method().equals("GET")) {
      seen.add(request.method() + " " + request.uri().getPath());
    }
  }

  /** Method and path of each. */
  public List<String> seen() {
    return List.copyOf(seen);
  }

  public void forget() {
    seen.clear();
  }
}
