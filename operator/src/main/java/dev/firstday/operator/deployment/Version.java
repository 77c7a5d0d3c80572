package dev.firstday.operator.deployment;

import dev.firstday.api.ModelDeploymentStatus.Previous;
import dev.firstday.api.ModelDeploymentStatus.Target;

/** A model's version; the digest says what it is, the number what it is called. */
record Version(int number, String digest) {
  static final Version NONE = new Version(0, "");

  static Version of(Target target) {
    return target == null ? NONE : new Version(target.number(), target.digest());
  }

  static Version of(Previous former) {
    return new Version(former.number(), former.digest());
  }

  boolean exists() {
    return !equals(NONE);
  }

  @Override
  public String toString() {
    return "version " + number;
  }
}
