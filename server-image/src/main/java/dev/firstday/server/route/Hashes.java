package dev.firstday.server.route;

/** Numbers that a text determines, and that are spread evenly over texts. */
final class Hashes {
  private Hashes() {}

  /**
   * One of so many numbers from 0, each as likely as the others.
   *
   * @param bound above 0
   */
  static int spread(String text, int bound) {
    return (int) ((Integer.toUnsignedLong(mixed(text.hashCode())) * bound) >>> Integer.SIZE);
  }

  /** The finalizer of MurmurHash3: texts that differ little have hashes that differ little. */
  private static int mixed(int hash) {
    int once = (hash ^ hash >>> 16) * 0x85ebca6b;
    int twice = (once ^ once >>> 13) * 0xc2b2ae35;
    return twice ^ twice >>> 16;
  }
}
