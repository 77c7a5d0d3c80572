package dev.firstday.sdk.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Contract;
import java.time.Instant;

/**
 * The record of a version, as {@code versions/<number>.json} holds it.
 *
 * @param number counts from 1
 * @param digest sha256 of the manifest, which is an object of the store
 * @param runUid the run that recorded it
 * @param refused true: recorded so that it can be looked at, never to be used
 * @param recordedAt when
 * @param summary what lists show of it, as JSON; {@link #summary(Class)} reads it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record VersionRecord(
    int number,
    String digest,
    String runUid,
    boolean refused,
    Instant recordedAt,
    JsonNode summary) {

  /**
   * The summary as a value.
   *
   * @throws IllegalArgumentException when it is not of that type
   */
  public <T> T summary(Class<T> type) {
    return Contract.read(String.valueOf(summary), type);
  }
}
