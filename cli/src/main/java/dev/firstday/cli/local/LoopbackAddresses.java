package dev.firstday.cli.local;

import java.util.HashSet;
import java.util.Set;

/**
 * Gives out addresses of one /16 below 127.0.0.0/8. The same key gets the same address whenever it
 * is free, so that an endpoint survives a restart; the salt keeps two clusters on one machine
 * apart.
 */
final class LoopbackAddresses {
  private static final int HOSTS = 254 * 254;

  private final String network;
  private final String salt;
  private final Set<String> used = new HashSet<>();

  /**
   * @param network the first two parts, such as {@code 127.77}
   */
  LoopbackAddresses(String network, String salt) {
    this.network = network;
    this.salt = salt;
  }

  synchronized String allocate(String key) {
    int start = Math.floorMod((salt + "/" + key).hashCode(), HOSTS);
    for (int i = 0; i < HOSTS; i++) {
      int host = (start + i) % HOSTS;
      String address = network + "." + (host / 254 + 1) + "." + (host % 254 + 1);
      if (used.add(address)) {
        return address;
      }
    }
    throw new IllegalStateException("all " + HOSTS + " addresses of " + network + " are in use");
  }

  /** Marks an address as taken, by whoever got it in an earlier life. */
  synchronized void reserve(String address) {
    used.add(address);
  }

  synchronized void release(String address) {
    used.remove(address);
  }
}
