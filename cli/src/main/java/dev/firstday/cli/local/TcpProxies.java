package dev.firstday.cli.local;

import dev.firstday.cli.local.ServiceProxies.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays kube-proxy: each new connection goes to the next ready pod. Connections that exist stay
 * when a pod is no longer ready, so that it can finish what it has begun.
 */
final class TcpProxies implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpProxies.class);

  private final Vertx vertx;
  private final NetClient client;
  private final Map<Endpoint, Proxy> proxies = new HashMap<>();

  TcpProxies(Vertx vertx) {
    this.vertx = vertx;
    this.client = vertx.createNetClient();
  }

  /** Makes the proxies be these; used by the control loop's thread alone. */
  void apply(Map<Endpoint, List<Endpoint>> wanted) {
    for (Endpoint endpoint : List.copyOf(proxies.keySet())) {
      if (!wanted.containsKey(endpoint)) {
        proxies.remove(endpoint).server.close();
      }
    }
    wanted.forEach(
        (endpoint, backends) ->
            proxies.computeIfAbsent(endpoint, this::listen).backends = List.copyOf(backends));
  }

  private Proxy listen(Endpoint endpoint) {
    Proxy proxy =
        new Proxy(
            vertx.createNetServer(
                new NetServerOptions().setHost(endpoint.host()).setPort(endpoint.port())));
    proxy
        .server
        .connectHandler(socket -> connect(proxy, socket))
        .listen()
        .onFailure(
            e ->
                LOG.error(
                    "cannot listen on {}:{} for a Service: {}",
                    endpoint.host(),
                    endpoint.port(),
                    e.getMessage()));
    return proxy;
  }

  private void connect(Proxy proxy, NetSocket caller) {
    List<Endpoint> backends = proxy.backends;
    if (backends.isEmpty()) {
      caller.close();
      return;
    }
    Endpoint backend = backends.get(Math.floorMod(proxy.next.getAndIncrement(), backends.size()));
    caller.pause();
    client
        .connect(backend.port(), backend.host())
        .onFailure(e -> caller.close())
        .onSuccess(
            pod -> {
              // whichever side ends first ends the other one
              caller.pipeTo(pod).onComplete(end -> pod.close());
              pod.pipeTo(caller).onComplete(end -> caller.close());
            });
  }

  @Override
  public void close() {
    apply(Map.of());
    client.close();
  }

  private static final class Proxy {
    private final NetServer server;
    private final AtomicInteger next = new AtomicInteger();
    private volatile List<Endpoint> backends = List.of();

    private Proxy(NetServer server) {
      this.server = server;
    }
  }
}
