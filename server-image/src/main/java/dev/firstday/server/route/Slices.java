package dev.firstday.server.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.server.http.Call;
import dev.firstday.server.v2.Datatype;
import dev.firstday.server.v2.InferRequest;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.Tensor;
import dev.firstday.server.v2.V2;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The values of some columns in a caller's request, as texts that name a slice. The same number is
 * the same slice, whether it came as {@code 17}, as {@code 17.0} or in binary.
 *
 * @param values of each column, in the order of the rows
 */
record Slices(Map<String, List<String>> values) {
  static final Slices NONE = new Slices(Map.of());

  /** The value where the request has none. */
  static final String MISSING = "missing";

  private static final int MAX_LENGTH = 40;

  /** They end up in a status that people read on terminals. */
  private static final Pattern INVISIBLE = Pattern.compile("\\p{C}");

  /** Above it, not every whole number is a double. */
  private static final double WHOLE = 1L << 53;

  /**
   * @param rows that the request was answered with
   */
  static Slices of(Call call, List<String> columns, int rows) {
    if (columns.isEmpty() || rows == 0) {
      return NONE;
    }
    Map<String, List<String>> values = new TreeMap<>();
    try {
      InferRequest request = V2.readRequest(call.body().getBytes(), call.jsonLength());
      columns.forEach(column -> values.put(column, values(request, column, rows)));
    } catch (ProtocolException e) {
      // a version of another make may read what this server does not: it has no column known here
      columns.forEach(column -> values.put(column, Collections.nCopies(rows, MISSING)));
    }
    return new Slices(values);
  }

  private static List<String> values(InferRequest request, String column, int rows) {
    List<String> values = new ArrayList<>(rows);
    if (request instanceof InferRequest.Rows objects) {
      objects.rows().stream().limit(rows).forEach(row -> values.add(text(row.get(column))));
    } else {
      for (Tensor input : ((InferRequest.Tensors) request).inputs()) {
        boolean wanted = input.name().equals(column) && input.rowLength() == 1;
        for (int row = 0; wanted && row < Math.min(rows, input.rows()); row++) {
          values.add(text(input, row));
        }
      }
    }
    values.addAll(Collections.nCopies(rows - values.size(), MISSING));
    return values;
  }

  private static String text(JsonNode value) {
    if (value == null || value.isNull()) {
      return MISSING;
    }
    if (value.isFloatingPointNumber()) {
      return number(value.doubleValue(), value.asText());
    }
    return shown(value.isValueNode() ? value.asText() : value.toString());
  }

  private static String text(Tensor column, int row) {
    Object value = column.element(row);
    if (value == null) {
      return MISSING;
    }
    if (value instanceof Double number) {
      boolean single = column.datatype() != Datatype.FP64;
      return number(number, single ? Float.toString(number.floatValue()) : number.toString());
    }
    return shown(value.toString());
  }

  private static String number(double value, String otherwise) {
    return value == Math.rint(value) && Math.abs(value) <= WHOLE
        ? Long.toString((long) value)
        : otherwise;
  }

  private static String shown(String text) {
    boolean tooLong = text.codePointCount(0, text.length()) > MAX_LENGTH;
    String cut = tooLong ? text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH)) : text;
    return INVISIBLE.matcher(cut).replaceAll("?");
  }
}
