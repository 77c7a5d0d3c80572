package dev.firstday.cli.apiserver.http;

import dev.firstday.cli.apiserver.objects.ApiException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.regex.Pattern;

/**
 * Keeps web pages out. A page that someone on this machine looks at can send requests to loopback
 * addresses, and a pod is a process here; but it cannot hide where it comes from.
 */
final class Doorkeeper {
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.\\d+){3}|\\[::1])(:\\d+)?");

  private Doorkeeper() {}

  static void check(HttpServerRequest request) {
    // HTTP/2 has no Host header
    HostAndPort authority = request.authority();
    String host = authority == null ? "" : authority.toString();
    if (!LOOPBACK.matcher(host).matches()) {
      throw ApiException.forbidden(
          "this server answers to loopback addresses only, not to the host name " + host);
    }
    if (request.getHeader("Sec-Fetch-Site") != null || hasForeignOrigin(request, host)) {
      throw ApiException.forbidden("this server does not answer web pages");
    }
  }

  private static boolean hasForeignOrigin(HttpServerRequest request, String host) {
    String origin = request.getHeader("Origin");
    // the web socket clients of some languages send the server's own address
    return origin != null && !origin.equals("http://" + host);
  }
}
