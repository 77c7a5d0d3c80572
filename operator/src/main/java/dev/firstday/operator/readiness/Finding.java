package dev.firstday.operator.readiness;

/**
 * One thing that a point asks for.
 *
 * @param met of how many it was found
 * @param of how many should have it
 * @param evidence what was found, for a person
 * @param next what to do where it is lacking
 */
record Finding(int met, int of, String evidence, String next) {

  /** What Firstday itself, or the namespace, lacks altogether. */
  static Finding missing(String evidence, String next) {
    return new Finding(0, 1, evidence, next);
  }

  boolean isMet() {
    return met == of;
  }

  boolean isBegun() {
    return met > 0;
  }
}
