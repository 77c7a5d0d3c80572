package dev.firstday.cli.local;

import java.util.Map;
import java.util.Optional;

/**
 * The images that this machine can run, by repository such as {@code firstday/trainer}. Registry,
 * tag and digest of a reference say where and which build; here there is only the one that was
 * built.
 */
public record Images(Map<String, Image> byRepository) {

  /** The image that a container's reference means. */
  public Optional<Image> find(String reference) {
    String name = withoutTag(withoutDigest(reference));
    return byRepository.entrySet().stream()
        .filter(image -> name.equals(image.getKey()) || name.endsWith("/" + image.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String withoutDigest(String reference) {
    int at = reference.indexOf('@');
    return at < 0 ? reference : reference.substring(0, at);
  }

  private static String withoutTag(String reference) {
    int colon = reference.lastIndexOf(':');
    return colon > reference.lastIndexOf('/') ? reference.substring(0, colon) : reference;
  }
}
