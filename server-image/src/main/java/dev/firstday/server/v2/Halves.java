package dev.firstday.server.v2;

/** IEEE 754 binary16, which Java has from version 20 on. */
final class Halves {
  private static final int FRACTION_BITS = 10;
  private static final int EXPONENT_MASK = 0x1f;
  private static final int FRACTION_MASK = 0x3ff;
  private static final int BIAS = 15;
  private static final double SMALLEST_NORMAL = 0x1p-14;
  private static final double SMALLEST_STEP = 0x1p-24;

  /** Half way between the greatest half, 65504, and the next one there would be. */
  private static final double OVERFLOW = 65520;

  private Halves() {}

  static double toDouble(short half) {
    int exponent = half >> FRACTION_BITS & EXPONENT_MASK;
    int fraction = half & FRACTION_MASK;
    double magnitude;
    if (exponent == EXPONENT_MASK) {
      magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = fraction * SMALLEST_STEP;
    } else {
      magnitude = Math.scalb(1 + fraction / 1024.0, exponent - BIAS);
    }
    return half < 0 ? -magnitude : magnitude;
  }

  /** Rounds to the nearest, ties to even. */
  static short fromDouble(double value) {
    int sign = Double.doubleToRawLongBits(value) < 0 ? 0x8000 : 0;
    double magnitude = Math.abs(value);
    int bits;
    if (Double.isNaN(value)) {
      bits = 0x7e00;
    } else if (magnitude >= OVERFLOW) {
      bits = EXPONENT_MASK << FRACTION_BITS;
    } else if (magnitude < SMALLEST_NORMAL) {
      bits = (int) Math.rint(magnitude / SMALLEST_STEP);
    } else {
      int exponent = Math.getExponent(magnitude);
      // a fraction that rounds up to 1024 carries into the exponent, as it should
      int fraction = (int) Math.rint(Math.scalb(magnitude, FRACTION_BITS - exponent)) - 1024;
      bits = (exponent + BIAS << FRACTION_BITS) + fraction;
    }
    return (short) (sign | bits);
  }
}
