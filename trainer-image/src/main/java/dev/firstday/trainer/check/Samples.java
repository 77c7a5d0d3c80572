package dev.firstday.trainer.check;

import java.nio.file.Path;

/**
 * What becomes of rows that fail a check; how many, and what is redacted, says spec.failingRows.
 *
 * @param directory where the database may write; each sample is a file there for a moment
 * @param sink keeps it
 */
public record Samples(Path directory, SampleSink sink) {}
