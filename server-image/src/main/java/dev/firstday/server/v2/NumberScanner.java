package dev.firstday.server.v2;

import com.fasterxml.jackson.core.io.NumberInput;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Reads the rest of a JSON array in one go if it is nothing but numbers: inputs of networks are
 * many and short, and a parser that looks for anything takes longer for them than the network.
 */
final class NumberScanner {
  private static final int LEAST_SIZE = 16;

  /** With the comma; more of them are rare, and longer ones common. */
  private static final int SHORT_NUMBER = 5;

  /** A double holds each number of so many digits. */
  private static final int EXACT_DIGITS = 15;

  /** An int holds each number of so many digits. */
  private static final int INT_DIGITS = 9;

  private static final int LONGEST = 100;

  /** Eight bytes at any place of an array, the first one lowest. */
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The bytes of {@code 0.0,} likewise. */
  private static final int ZERO = '0' | '.' << 8 | '0' << 16 | ',' << 24;

  private static final long ZERO_AND_SPACE = ZERO | (long) ' ' << 32;
  private static final long FIVE_BYTES = (1L << 40) - 1;

  private static final double[] POWERS = new double[EXACT_DIGITS + 1];

  static {
    double power = 1;
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = power;
      power *= 10;
    }
  }

  private final byte[] json;
  private final int end;
  private int place;
  private int lines;
  private int lineStart;
  private double[] elements;
  private final BitSet whole = new BitSet();
  private int size;

  /**
   * @param from behind the bracket that opens the array
   */
  NumberScanner(byte[] json, int from, int end) {
    this.json = json;
    this.place = from;
    this.end = end;
    this.elements = new double[Math.max(LEAST_SIZE, (end - from) / SHORT_NUMBER)];
  }

  /** Empty when there is anything but numbers, or a number that has to be looked at closely. */
  Optional<Numbers> scan() {
    while (true) {
      skipSpace();
      zeros();
      skipSpace();
      if (!number()) {
        return Optional.empty();
      }
      skipSpace();
      int next = at(place);
      if (next == ']') {
        return Optional.of(new Numbers(Arrays.copyOf(elements, size), whole));
      }
      if (next != ',') {
        return Optional.empty();
      }
      place++;
    }
  }

  /** Where the array is closed, after a scan that found numbers. */
  int place() {
    return place;
  }

  /** Line breaks that were passed. */
  int lines() {
    return lines;
  }

  /** Where the last line begins, if any was passed. */
  int lineStart() {
    return lineStart;
  }

  private int at(int index) {
    return index < end ? json[index] : -1;
  }

  private void skipSpace() {
    int next = at(place);
    while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
      place++;
      if (next == '\n') {
        lines++;
        lineStart = place;
      }
      next = at(place);
    }
  }

  /**
   * Encoded categories are zeros but for one: each is seen at one glance at eight bytes, and steps
   * of a known width let the processor look at the next ones meanwhile. The last one, which no
   * comma follows, is left.
   */
  private void zeros() {
    int next = place;
    int count = 0;
    while (next + Long.BYTES <= end) {
      long ahead = (long) LONGS.get(json, next);
      if ((ahead & FIVE_BYTES) == ZERO_AND_SPACE) {
        next += 5;
      } else if ((int) ahead == ZERO) {
        next += 4;
      } else {
        break;
      }
      count++;
    }
    place = next;
    size += count;
    if (size > elements.length) {
      elements = Arrays.copyOf(elements, 2 * size);
    }
  }

  /** In local variables, which stay in registers. */
  private boolean number() {
    byte[] text = json;
    int next = place;
    boolean negative = at(next) == '-';
    int first = negative ? next + 1 : next;
    long digits = 0;
    for (next = first; next < end && isDigit(text[next]); next++) {
      digits = 10 * digits + (text[next] - '0');
    }
    int count = next - first;
    if (count == 0 || count > 1 && text[first] == '0') {
      return false;
    }
    int fraction = 0;
    if (at(next) == '.') {
      int point = next++;
      for (; next < end && isDigit(text[next]); next++) {
        digits = 10 * digits + (text[next] - '0');
      }
      fraction = next - point - 1;
      if (fraction == 0) {
        return false;
      }
    }
    boolean exponent = (at(next) | 0x20) == 'e';
    boolean integer = fraction == 0 && !exponent;
    if (integer && count > INT_DIGITS) {
      return false;
    }
    if (exponent || count + fraction > EXACT_DIGITS) {
      return anyNumber(next);
    }
    place = next;
    double value = digits / POWERS[fraction];
    add(negative ? -value : value, integer);
    return true;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  /**
   * A number with many digits or an exponent, as a library reads it.
   *
   * @param mantissa where its digits end
   */
  private boolean anyNumber(int mantissa) {
    int next = mantissa;
    if ((at(next) | 0x20) == 'e') {
      next++;
      next += at(next) == '+' || at(next) == '-' ? 1 : 0;
      int first = next;
      while (next < end && isDigit(json[next])) {
        next++;
      }
      if (next == first) {
        return false;
      }
    }
    if (next - place > LONGEST) {
      return false;
    }
    String text = new String(json, place, next - place, StandardCharsets.US_ASCII);
    place = next;
    add(NumberInput.parseDouble(text, true), false);
    return true;
  }

  private void add(double value, boolean integer) {
    if (size == elements.length) {
      elements = Arrays.copyOf(elements, 2 * size);
    }
    if (integer) {
      whole.set(size);
    }
    elements[size++] = value;
  }
}
