package dev.firstday.sdk.artefact;

/** Where an artefact's files come from; {@code store.objects()::read} is one. */
@FunctionalInterface
public interface ObjectSource {
  /** The bytes stored under a digest, of at most {@code maxBytes}. */
  byte[] read(String digest, int maxBytes);
}
