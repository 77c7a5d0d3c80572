package dev.firstday.cli.apiserver;

/** Gives each Service the address that its clients connect to. */
@FunctionalInterface
public interface ClusterIpAllocator {

  /**
   * An address that no other Service has. Called once for each new Service that names no {@code
   * clusterIP} and is not headless; the same Service, created again after it was deleted, may get
   * another address.
   */
  String allocate(String namespace, String service);
}
