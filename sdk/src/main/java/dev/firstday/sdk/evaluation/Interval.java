package dev.firstday.sdk.evaluation;

/** Between which values the true one lies, at a stated confidence. */
public record Interval(double lower, double upper) {}
