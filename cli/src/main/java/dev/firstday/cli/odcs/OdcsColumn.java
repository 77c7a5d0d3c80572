package dev.firstday.cli.odcs;

import dev.firstday.api.DatasetSpec.Type;
import java.util.Locale;

/**
 * A property of an object as a column.
 *
 * @param name as the Dataset has it
 * @param source as the files have it
 * @param type null when no column can hold it
 * @param key whether it is a part of the primary key
 * @param remark what the type leaves open, or null
 */
record OdcsColumn(
    Part property, String name, String source, Type type, boolean key, String remark) {
  private static final int LONGEST = 63;

  static OdcsColumn of(Part property) {
    String name = property.object().at("name").requiredText();
    String source = property.at("physicalName").text().orElse(name);
    boolean key = property.at("primaryKey").isTrue();
    String physical = property.at("physicalType").text().orElse("").toLowerCase(Locale.ROOT);
    String logical = property.at("logicalType").text().orElse("");
    return switch (logical) {
      case "string" -> new OdcsColumn(property, fitting(name), source, Type.VARCHAR, key, null);
      case "boolean" -> new OdcsColumn(property, fitting(name), source, Type.BOOLEAN, key, null);
      case "number" -> new OdcsColumn(property, fitting(name), source, Type.DOUBLE, key, null);
      case "timestamp" ->
          new OdcsColumn(property, fitting(name), source, Type.TIMESTAMP, key, null);
      case "integer" ->
          new OdcsColumn(
              property,
              fitting(name),
              source,
              physical(physical) == Type.INTEGER ? Type.INTEGER : Type.BIGINT,
              key,
              null);
      // before v3.1 a date could have a time
      case "date" ->
          new OdcsColumn(
              property,
              fitting(name),
              source,
              physical(physical) == Type.TIMESTAMP ? Type.TIMESTAMP : Type.DATE,
              key,
              null);
      case "time" ->
          new OdcsColumn(
              property, fitting(name), source, Type.VARCHAR, key, "a time of day, kept as text");
      case "object", "array", "map" ->
          new OdcsColumn(property, fitting(name), source, null, key, logical);
      case "" -> {
        Type type = physical(physical);
        yield new OdcsColumn(
            property,
            fitting(name),
            source,
            type == null ? Type.VARCHAR : type,
            key,
            type != null
                ? null
                : physical.isEmpty()
                    ? "the contract says no type"
                    : "the contract's type is " + physical);
      }
      default -> throw property.at("logicalType").failure("there is no logical type " + logical);
    };
  }

  /** By the names that databases have; null for one that is not known. */
  private static Type physical(String type) {
    String word = type.replaceAll("[ (<].*", "");
    return switch (word) {
      case "int", "integer", "int4", "int32", "smallint", "int2", "int16", "tinyint", "mediumint" ->
          Type.INTEGER;
      case "bigint", "int8", "int64", "long", "serial", "bigserial" -> Type.BIGINT;
      case "double",
          "float",
          "float4",
          "float8",
          "float64",
          "real",
          "decimal",
          "numeric",
          "number" ->
          Type.DOUBLE;
      case "bool", "boolean", "bit" -> Type.BOOLEAN;
      case "date" -> Type.DATE;
      case "timestamp", "timestamptz", "datetime", "datetime2", "timestamp_ntz", "timestamp_tz" ->
          Type.TIMESTAMP;
      case "varchar", "char", "text", "string", "nvarchar", "character", "uuid", "varchar2" ->
          Type.VARCHAR;
      default -> null;
    };
  }

  /** A name that a column can have: letters, digits and underscores. */
  static String fitting(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
    String started = plain.matches("[0-9].*") ? "_" + plain : plain;
    return started.substring(0, Math.min(started.length(), LONGEST));
  }
}
