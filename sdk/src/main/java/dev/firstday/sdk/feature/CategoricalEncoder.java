package dev.firstday.sdk.feature;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firstday.api.DatasetSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One input for each value of the vocabulary: 1 for the value that is there. Unknown and missing
 * values have inputs of their own if training had such rows; an input that training never saw would
 * only add noise, so without it they leave all inputs at 0.
 */
public final class CategoricalEncoder implements Encoder {
  private static final int NONE = -1;

  private final String column;
  private final DatasetSpec.Type type;
  private final List<String> vocabulary;
  private final boolean unknownInput;
  private final boolean missingInput;
  private final Map<String, Integer> places;

  @JsonCreator
  public CategoricalEncoder(
      @JsonProperty("column") String column,
      @JsonProperty("type") DatasetSpec.Type type,
      @JsonProperty("vocabulary") List<String> vocabulary,
      @JsonProperty("unknownInput") boolean unknownInput,
      @JsonProperty("missingInput") boolean missingInput) {
    this.column = column;
    this.type = type;
    this.vocabulary = List.copyOf(vocabulary);
    this.unknownInput = unknownInput;
    this.missingInput = missingInput;
    this.places = new HashMap<>();
    for (String word : this.vocabulary) {
      places.put(word, places.size());
    }
  }

  @Override
  @JsonProperty
  public String column() {
    return column;
  }

  @Override
  @JsonProperty
  public DatasetSpec.Type type() {
    return type;
  }

  /** Values with an input each, as text. */
  @JsonProperty
  public List<String> vocabulary() {
    return vocabulary;
  }

  /** Whether there is an input for values outside the vocabulary. */
  @JsonProperty
  public boolean unknownInput() {
    return unknownInput;
  }

  /** Whether there is an input for missing values. */
  @JsonProperty
  public boolean missingInput() {
    return missingInput;
  }

  @Override
  public List<String> inputs() {
    List<String> names = new ArrayList<>(width());
    vocabulary.forEach(word -> names.add(column + "=" + word));
    if (unknownInput) {
      names.add(column + ".unknown");
    }
    if (missingInput) {
      names.add(column + ".missing");
    }
    return names;
  }

  @Override
  public int width() {
    return vocabulary.size() + (unknownInput ? 1 : 0) + (missingInput ? 1 : 0);
  }

  @Override
  public void encode(Object value, float[] target, int offset) {
    int place = place(value);
    if (place != NONE) {
      target[offset + place] = 1;
    }
  }

  /** Which of the inputs is 1; negative: none. */
  int place(Object value) {
    if (value == null) {
      return missingInput ? width() - 1 : NONE;
    }
    Integer known = places.get(value.toString());
    if (known != null) {
      return known;
    }
    return unknownInput ? vocabulary.size() : NONE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CategoricalEncoder that
        && column.equals(that.column)
        && type == that.type
        && vocabulary.equals(that.vocabulary)
        && unknownInput == that.unknownInput
        && missingInput == that.missingInput;
  }

  @Override
  public int hashCode() {
    return Objects.hash(column, type, vocabulary, unknownInput, missingInput);
  }

  @Override
  public String toString() {
    return "categorical %s of %d values".formatted(column, vocabulary.size());
  }
}
