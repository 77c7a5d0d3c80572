package dev.firstday.sdk.store;

import java.nio.file.Path;

/**
 * A file's copy on this machine.
 *
 * @param path where
 * @param digest sha256 of the bytes that were written there
 * @param bytes its size
 */
public record LocalFile(Path path, String digest, long bytes) {}
