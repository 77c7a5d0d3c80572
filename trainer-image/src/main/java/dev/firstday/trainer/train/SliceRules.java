package dev.firstday.trainer.train;

import dev.firstday.api.DatasetSpec;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.api.TrainingJobSpec;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import dev.firstday.sdk.data.DatasetManifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks which slices a spec declares. */
final class SliceRules {
  private static final Set<Type> NUMBERS = Set.of(Type.INTEGER, Type.BIGINT, Type.DOUBLE);

  private SliceRules() {}

  /**
   * For each column, in order, where its bands begin; empty: by value or in quartiles.
   *
   * @param declared null: no slices
   * @throws RunFailure when a slice does not fit the data set; the message names the field
   */
  static Map<String, List<Double>> of(
      TrainingJobSpec.EvaluationSpec declared, DatasetManifest manifest) {
    Map<String, List<Double>> slices = new LinkedHashMap<>();
    if (declared == null || declared.slices() == null) {
      return slices;
    }
    for (int i = 0; i < declared.slices().size(); i++) {
      TrainingJobSpec.Slice slice = declared.slices().get(i);
      String field = "spec.evaluation.slices[%d]".formatted(i);
      DatasetSpec.Column column = column(slice, field, manifest);
      if (slice.bounds() != null) {
        requireBounds(slice.bounds(), column, field);
      }
      if (slices.put(column.name(), Objects.requireNonNullElse(slice.bounds(), List.of()))
          != null) {
        throw invalid(
            "%s.column: %s is sliced twice: leave one of them out".formatted(field, column.name()));
      }
    }
    return slices;
  }

  private static DatasetSpec.Column column(
      TrainingJobSpec.Slice slice, String field, DatasetManifest manifest) {
    return manifest.columns().stream()
        .filter(column -> column.name().equals(slice.column()))
        .findFirst()
        .orElseThrow(
            () ->
                invalid(
                    "%s.column: data set %s has no column %s; it has %s"
                        .formatted(
                            field,
                            manifest.name(),
                            slice.column(),
                            manifest.columns().stream()
                                .map(DatasetSpec.Column::name)
                                .collect(Collectors.joining(", ")))));
  }

  private static void requireBounds(List<Double> bounds, DatasetSpec.Column column, String field) {
    if (!NUMBERS.contains(column.type())) {
      throw invalid(
          "%s.bounds: column %s is a %s and has no bands: leave bounds out, and each value is a slice"
              .formatted(field, column.name(), column.type()));
    }
    for (int i = 0; i < bounds.size(); i++) {
      Double bound = bounds.get(i);
      if (bound == null || !Double.isFinite(bound) || i > 0 && bound <= bounds.get(i - 1)) {
        throw invalid(
            "%s.bounds[%d]: %s is not greater than the one before: put them in ascending order"
                .formatted(field, i, bound));
      }
    }
  }

  private static RunFailure invalid(String message) {
    return new RunFailure("SliceInvalid", message, Cure.FIX_SPEC);
  }
}
