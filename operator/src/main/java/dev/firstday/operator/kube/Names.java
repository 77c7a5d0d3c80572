package dev.firstday.operator.kube;

import dev.firstday.contract.Contract;
import java.nio.charset.StandardCharsets;

/**
 * Names of children. They follow from the resource and from what the child is for, so that a pass
 * that has not yet seen a child arrives at the same name again instead of making a second one.
 */
public final class Names {
  /** A DNS label: Services, label values and the pods of a Job allow no more. */
  private static final int MAX_LENGTH = 63;

  private static final int DIGEST_LENGTH = 8;

  private Names() {}

  /** {@code <name>-<suffix>}; a name too long for that is cut and gets a digest of itself. */
  public static String child(String name, String suffix) {
    return fit(name, MAX_LENGTH - suffix.length() - 1) + "-" + suffix;
  }

  /** The name as a label's value. */
  public static String label(String name) {
    return fit(name, MAX_LENGTH);
  }

  private static String fit(String name, int length) {
    if (name.length() <= length && !name.contains(".")) {
      return name;
    }
    String digest =
        Contract.sha256(name.getBytes(StandardCharsets.UTF_8)).substring(0, DIGEST_LENGTH);
    String start = name.substring(0, Math.min(name.length(), length - DIGEST_LENGTH - 1));
    return start.replace('.', '-').replaceAll("-+$", "") + "-" + digest;
  }
}
