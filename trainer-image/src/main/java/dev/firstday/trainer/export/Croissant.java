package dev.firstday.trainer.export;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetStatus;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.data.DatasetManifest;
import dev.firstday.sdk.data.DatasetManifest.ObjectRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A version as <a
 * href="https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html">Croissant 1.1</a>
 * describes data sets: JSON-LD that data catalogues index and {@code mlcroissant} loads.
 *
 * <p>A file and a record set for each split, both of the split's name; the record set {@code
 * splits} says which is which. What Firstday does not know, licence and citation, is left out.
 */
public final class Croissant {
  private static final String PARQUET = "application/x-parquet";

  /** No column can be named so. */
  private static final String SPLIT = "split-of-row";

  private static final List<String> CR_TERMS =
      List.of(
          "arrayShape",
          "citeAs",
          "column",
          "containedIn",
          "equivalentProperty",
          "extract",
          "field",
          "fileProperty",
          "fileObject",
          "fileSet",
          "format",
          "includes",
          "isArray",
          "isLiveDataset",
          "jsonPath",
          "key",
          "md5",
          "parentField",
          "path",
          "recordSet",
          "references",
          "regex",
          "repeated",
          "replace",
          "samplingRate",
          "separator",
          "source",
          "subField",
          "transform");

  private Croissant() {}

  /**
   * @param version as recorded, so that the same version is always described in the same words
   * @param url where the data set lies
   * @param objectUrl where the object of a digest lies
   */
  public static String of(
      DatasetManifest manifest,
      DatasetStatus.Version version,
      String url,
      UnaryOperator<String> objectUrl) {
    Map<String, ObjectRef> splits = splits(manifest);
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("@context", context());
    dataset.put("@type", "sc:Dataset");
    dataset.put("conformsTo", "http://mlcommons.org/croissant/1.1");
    dataset.put("name", manifest.name());
    dataset.put(
        "description",
        "Version %d of the data set %s: %d rows, %s. Digest %s."
            .formatted(
                version.number(),
                manifest.name(),
                splits.values().stream().mapToLong(ObjectRef::rows).sum(),
                String.join(", ", splits.entrySet().stream().map(Croissant::rows).toList()),
                version.digest()));
    dataset.put("url", url);
    dataset.put("version", version.tag() == null ? version.number().toString() : version.tag());
    dataset.put("datePublished", version.recordedAt());
    dataset.put("isLiveDataset", false);
    dataset.put(
        "distribution", splits.entrySet().stream().map(split -> file(split, objectUrl)).toList());
    List<Object> records = new ArrayList<>();
    records.add(splitNames(splits));
    splits.keySet().forEach(split -> records.add(rows(split, manifest.columns())));
    dataset.put("recordSet", records);
    return Contract.write(dataset);
  }

  private static Map<String, ObjectRef> splits(DatasetManifest manifest) {
    Map<String, ObjectRef> splits = new LinkedHashMap<>();
    splits.put("train", manifest.train());
    splits.put("validation", manifest.validation());
    if (manifest.test() != null) {
      splits.put("test", manifest.test());
    }
    return splits;
  }

  private static String rows(Map.Entry<String, ObjectRef> split) {
    return split.getValue().rows()
        + " to "
        + (split.getKey().equals("validation") ? "validate" : split.getKey());
  }

  private static Map<String, Object> context() {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("@language", "en");
    context.put("@vocab", "https://schema.org/");
    context.put("sc", "https://schema.org/");
    context.put("cr", "http://mlcommons.org/croissant/");
    context.put("rai", "http://mlcommons.org/croissant/RAI/");
    context.put("dct", "http://purl.org/dc/terms/");
    context.put("conformsTo", "dct:conformsTo");
    CR_TERMS.forEach(term -> context.put(term, "cr:" + term));
    context.put("data", Map.of("@id", "cr:data", "@type", "@json"));
    context.put("examples", Map.of("@id", "cr:examples", "@type", "@json"));
    context.put("dataType", Map.of("@id", "cr:dataType", "@type", "@vocab"));
    context.put("name", Map.of("@container", "@language"));
    context.put("description", Map.of("@container", "@language"));
    return context;
  }

  private static Map<String, Object> file(
      Map.Entry<String, ObjectRef> split, UnaryOperator<String> objectUrl) {
    ObjectRef object = split.getValue();
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("@type", "cr:FileObject");
    file.put("@id", fileName(split.getKey()));
    file.put("name", fileName(split.getKey()));
    file.put("contentUrl", objectUrl.apply(object.digest()));
    file.put("contentSize", object.bytes() + " B");
    file.put("encodingFormat", PARQUET);
    file.put("sha256", object.digest());
    return file;
  }

  private static String fileName(String split) {
    return split + ".parquet";
  }

  private static Map<String, Object> splitNames(Map<String, ObjectRef> splits) {
    Map<String, Object> records = new LinkedHashMap<>();
    records.put("@type", "cr:RecordSet");
    records.put("@id", "splits");
    records.put("name", "splits");
    records.put("dataType", "cr:Split");
    records.put("key", id("splits/name"));
    records.put(
        "field",
        List.of(
            field("splits", "name", "sc:Text"),
            field("splits", "url", List.of("sc:URL", "cr:Split"))));
    records.put(
        "data",
        splits.keySet().stream()
            .map(split -> Map.of("splits/name", split, "splits/url", meaning(split)))
            .toList());
    return records;
  }

  private static String meaning(String split) {
    return switch (split) {
      case "train" -> "cr:TrainingSplit";
      case "validation" -> "cr:ValidationSplit";
      default -> "cr:TestSplit";
    };
  }

  private static Map<String, Object> rows(String split, List<DatasetSpec.Column> columns) {
    Map<String, Object> records = new LinkedHashMap<>();
    records.put("@type", "cr:RecordSet");
    records.put("@id", split);
    records.put("name", split);
    List<Object> key =
        columns.stream()
            .filter(column -> column.effectiveRole() == DatasetSpec.Role.KEY)
            .<Object>map(column -> id(split + "/" + column.name()))
            .toList();
    if (!key.isEmpty()) {
      records.put("key", key.size() == 1 ? key.get(0) : key);
    }
    List<Object> fields = new ArrayList<>();
    fields.add(splitOf(split));
    columns.forEach(column -> fields.add(field(split, column)));
    records.put("field", fields);
    return records;
  }

  /** The name of the file says which split a row belongs to. */
  private static Map<String, Object> splitOf(String split) {
    Map<String, Object> field = field(split, SPLIT, "sc:Text");
    field.put("references", Map.of("field", id("splits/name")));
    field.put(
        "source",
        Map.of(
            "fileObject",
            id(fileName(split)),
            "extract",
            Map.of("fileProperty", "filename"),
            "transform",
            Map.of("regex", "^(train|validation|test)\\.parquet$")));
    return field;
  }

  private static Map<String, Object> field(String split, DatasetSpec.Column column) {
    boolean label = column.effectiveRole() == DatasetSpec.Role.LABEL;
    String type = type(column.type());
    Map<String, Object> field =
        field(split, column.name(), label ? List.of(type, "cr:Label") : type);
    if (column.description() != null) {
      field.put("description", column.description());
    }
    field.put(
        "source",
        Map.of("fileObject", id(fileName(split)), "extract", Map.of("column", column.name())));
    return field;
  }

  private static Map<String, Object> field(String records, String name, Object type) {
    Map<String, Object> field = new LinkedHashMap<>();
    field.put("@type", "cr:Field");
    field.put("@id", records + "/" + name);
    field.put("name", name);
    field.put("dataType", type);
    return field;
  }

  private static String type(DatasetSpec.Type type) {
    return switch (type) {
      case BOOLEAN -> "sc:Boolean";
      case INTEGER -> "cr:Int32";
      case BIGINT -> "cr:Int64";
      case DOUBLE -> "cr:Float64";
      case VARCHAR -> "sc:Text";
      case DATE -> "sc:Date";
      case TIMESTAMP -> "sc:DateTime";
    };
  }

  private static Map<String, Object> id(String id) {
    return Map.of("@id", id);
  }
}
