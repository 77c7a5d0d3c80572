package dev.firstday.cli.local;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decides which address leads to which pods. */
final class ServiceProxies {
  private ServiceProxies() {}

  /** Where a proxy listens, or what it leads to. */
  record Endpoint(String host, int port) {}

  /** All the proxies there must be; a Service without ready pods has one that leads nowhere. */
  static Map<Endpoint, List<Endpoint>> plan(ClusterView view) {
    Map<Endpoint, List<Endpoint>> proxies = new HashMap<>();
    for (Service service : view.services()) {
      String ip = service.getSpec().getClusterIP();
      if (ip == null || ip.isEmpty() || ip.equals("None")) {
        continue;
      }
      List<Pod> ready =
          view.pods().stream().filter(pod -> selects(service, pod)).filter(Pods::isReady).toList();
      for (ServicePort port : service.getSpec().getPorts()) {
        proxies.put(new Endpoint(ip, port.getPort()), backends(port, ready));
      }
    }
    return proxies;
  }

  private static List<Endpoint> backends(ServicePort port, List<Pod> ready) {
    List<Endpoint> backends = new ArrayList<>();
    for (Pod pod : ready) {
      int target = targetPort(port, pod);
      if (target > 0) {
        backends.add(new Endpoint(pod.getStatus().getPodIP(), target));
      }
    }
    return backends;
  }

  private static boolean selects(Service service, Pod pod) {
    Map<String, String> selector = service.getSpec().getSelector();
    Map<String, String> labels = pod.getMetadata().getLabels();
    return service.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace())
        && selector != null
        && !selector.isEmpty()
        && labels != null
        && labels.entrySet().containsAll(selector.entrySet());
  }

  private static int targetPort(ServicePort port, Pod pod) {
    var target = port.getTargetPort();
    if (target == null) {
      return port.getPort();
    }
    if (target.getIntVal() != null) {
      return target.getIntVal();
    }
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> container.getPorts().stream())
        .filter(p -> target.getStrVal().equals(p.getName()))
        .map(ContainerPort::getContainerPort)
        .findFirst()
        .orElse(0);
  }
}
