package dev.firstday.sdk.evaluation;

import dev.firstday.api.TrainingJobSpec.MetricName;
import java.util.Map;

/**
 * What a model has to be better than, on the same rows.
 *
 * @param baseline for each metric that of the constant that is best for it
 * @param linear metrics of a linear model of the same inputs
 */
public record Yardsticks(Map<MetricName, Double> baseline, Map<MetricName, Double> linear) {}
