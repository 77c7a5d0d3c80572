package dev.firstday.server.v2;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model takes and gives.
 *
 * @param platform project and format of the model
 * @param properties what the protocol has no field for, see {@link Property}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelMetadata(
    String name,
    List<String> versions,
    String platform,
    List<TensorMetadata> inputs,
    List<TensorMetadata> outputs,
    Map<String, String> properties) {

  /**
   * A tensor's form.
   *
   * @param shape -1 where the size is the caller's
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record TensorMetadata(String name, String datatype, List<Integer> shape) {}

  /** The names of several labels; none where there is one. */
  public List<String> labels() {
    return Optional.ofNullable(properties.get(Property.LABELS))
        .map(names -> List.of(names.split(",")))
        .orElse(List.of());
  }

  /** Keys of {@link #properties}, and of an answer's parameters. */
  public static final class Property {
    /** The output that is the answer itself, rather than a probability. */
    public static final String LABEL = "label";

    /**
     * Of several labels that are yes or no each, their names in the order of a row's answers, with
     * a comma between; only there.
     */
    public static final String LABELS = "labels";

    /** Mean of the label in training; only where the label is a number. */
    public static final String LABEL_MEAN = "label_mean";

    /** Standard deviation of the label in training; only where the label is a number. */
    public static final String LABEL_STD = "label_std";

    public static final String MODEL_DIGEST = "model_digest";

    /** The data set's version that the model was trained on: name, number. */
    public static final String DATASET_VERSION = "dataset_version";

    /** Name, type and shape of the one tensor that takes inputs which are encoded already. */
    public static final String ENCODED_INPUTS = "encoded_inputs";

    private Property() {}
  }
}
