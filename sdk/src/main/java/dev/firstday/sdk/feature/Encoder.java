package dev.firstday.sdk.feature;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.firstday.api.DatasetSpec;
import java.util.List;

/**
 * Turns one column's value into inputs of the network. Fitted on the training split and stored in
 * the artefact, so that serving encodes by the very numbers that training did.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "encoding")
@JsonSubTypes({
  @JsonSubTypes.Type(value = NumericEncoder.class, name = "numeric"),
  @JsonSubTypes.Type(value = CategoricalEncoder.class, name = "categorical"),
  @JsonSubTypes.Type(value = CyclicEncoder.class, name = "cyclic"),
  @JsonSubTypes.Type(value = TimeEncoder.class, name = "time")
})
public sealed interface Encoder
    permits NumericEncoder, CategoricalEncoder, CyclicEncoder, TimeEncoder {
  /** The column it reads. */
  String column();

  /** The column's type. */
  DatasetSpec.Type type();

  /** What each input means, in order: {@code carrier=UA}, {@code hour.sin}. */
  List<String> inputs();

  /** How many inputs it makes. */
  default int width() {
    return inputs().size();
  }

  /**
   * Writes the inputs from {@code offset} on, over zeros.
   *
   * @param value in the form of {@link Cells#value}, or null
   * @throws InvalidValueException when the value is no finite number where it should be one
   */
  void encode(Object value, float[] target, int offset);
}
