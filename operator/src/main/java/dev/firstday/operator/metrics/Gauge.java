package dev.firstday.operator.metrics;

import java.util.List;

/**
 * One value of one time series.
 *
 * @param labels names, in the order of the values
 */
record Gauge(String name, String help, List<String> labels, List<String> values, double value) {}
