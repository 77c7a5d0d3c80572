package dev.firstday.server.predict;

/**
 * Rows as the network takes them.
 *
 * @param values row after row
 * @param rows how many; at least 1
 */
record Inputs(float[] values, int rows) {}
