package dev.firstday.sdk.feature;

import dev.firstday.api.DatasetSpec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Values as JSON has them, in the form that encoders work with (that of {@link Cells#value}), and
 * back.
 */
final class Values {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+([.]\\d+)?([eE][+-]?\\d+)?");

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private Values() {}

  /**
   * @param given a JSON value; null where it is missing
   * @throws InvalidValueException when it is not of the column's type
   */
  static Object fromJson(String column, DatasetSpec.Type type, Object given) {
    if (given == null) {
      return null;
    }
    return switch (type) {
      case BOOLEAN -> bool(column, given);
      case INTEGER, BIGINT -> integer(column, given);
      case DOUBLE -> number(column, given);
      case VARCHAR -> text(column, given);
      case DATE, TIMESTAMP -> time(column, given);
    };
  }

  /** The value as a row in JSON holds it. */
  static Object toJson(DatasetSpec.Type type, Object value) {
    if (value instanceof LocalDateTime time) {
      return type == DatasetSpec.Type.DATE
          ? time.toLocalDate().toString()
          : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time) + "Z";
    }
    return value;
  }

  private static Boolean bool(String column, Object given) {
    if (given instanceof Boolean value) {
      return value;
    }
    throw InvalidValueException.of(column, given, "true or false");
  }

  private static Long integer(String column, Object given) {
    if (given instanceof Number number) {
      try {
        return exact(number).longValueExact();
      } catch (ArithmeticException | NumberFormatException e) {
        throw InvalidValueException.of(column, given, "a whole number of 64 bits");
      }
    }
    throw InvalidValueException.of(column, given, "a whole number" + unquoted(given));
  }

  private static BigDecimal exact(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (number instanceof Double || number instanceof Float) {
      return new BigDecimal(number.doubleValue());
    }
    return BigDecimal.valueOf(number.longValue());
  }

  private static Double number(String column, Object given) {
    if (given instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw InvalidValueException.of(column, given, "a finite number" + unquoted(given));
  }

  /** The cure, where a number is given as a string. */
  private static String unquoted(Object given) {
    return given instanceof String text && NUMBER.matcher(text).matches()
        ? ", but a string: write it without quotes"
        : "";
  }

  private static String text(String column, Object given) {
    if (given instanceof String value) {
      return value;
    }
    throw InvalidValueException.of(column, given, "a string");
  }

  private static LocalDateTime time(String column, Object given) {
    if (given instanceof String value) {
      try {
        return utc(
            TIMESTAMP.parseBest(value, OffsetDateTime::from, LocalDateTime::from, LocalDate::from));
      } catch (DateTimeParseException e) {
        throw InvalidValueException.of(
            column, given, "a time such as \"2013-10-01\" or \"2013-10-01T17:00:00Z\"");
      }
    }
    throw InvalidValueException.of(column, given, "a string that holds a time");
  }

  private static LocalDateTime utc(TemporalAccessor parsed) {
    if (parsed instanceof OffsetDateTime time) {
      return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }
    return parsed instanceof LocalDateTime time ? time : LocalDate.from(parsed).atStartOfDay();
  }
}
