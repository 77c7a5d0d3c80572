package dev.firstday.server.http;

import dev.firstday.contract.PodEnvironment;
import java.time.Duration;
import java.util.Map;

/**
 * How both servers listen and stop.
 *
 * @param bindAddress the address of both ports
 * @param httpPort port of the protocol; 0: any
 * @param adminPort port of health, metrics and administration; 0: any
 * @param maxRequestBytes a larger request is refused with 413
 * @param drainGrace how long a stopping server goes on answering new requests
 * @param drainTimeout how long it waits for the last one to end
 */
public record ServerSettings(
    String bindAddress,
    int httpPort,
    int adminPort,
    int maxRequestBytes,
    Duration drainGrace,
    Duration drainTimeout) {
  /** Bytes of the largest request. */
  public static final String MAX_REQUEST_BYTES = "FIRSTDAY_MAX_REQUEST_BYTES";

  /** Seconds that a stopping server goes on answering new requests. */
  public static final String DRAIN_SECONDS = "FIRSTDAY_DRAIN_SECONDS";

  /**
   * @throws IllegalArgumentException when a value is no number; the message names the variable
   */
  public static ServerSettings fromEnvironment(Map<String, String> environment) {
    return new ServerSettings(
        environment.getOrDefault(PodEnvironment.BIND_ADDRESS, "0.0.0.0"),
        PodEnvironment.HTTP_PORT,
        PodEnvironment.ADMIN_PORT,
        number(environment, MAX_REQUEST_BYTES, 16 << 20),
        Duration.ofSeconds(number(environment, DRAIN_SECONDS, 2)),
        Duration.ofSeconds(20));
  }

  private static int number(Map<String, String> environment, String name, int otherwise) {
    String value = environment.getOrDefault(name, "");
    try {
      return value.isBlank() ? otherwise : Integer.parseUnsignedInt(value.trim());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + ": '" + value + "' is no whole number", e);
    }
  }
}
