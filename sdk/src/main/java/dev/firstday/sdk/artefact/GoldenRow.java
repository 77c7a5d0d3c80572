package dev.firstday.sdk.artefact;

import java.util.Map;

/**
 * A row of the validation split and what the model answered at training. A server that answers
 * otherwise does not run the model that was recorded.
 *
 * @param row a JSON value for each column
 * @param output the answer
 */
public record GoldenRow(Map<String, Object> row, double[] output) {}
