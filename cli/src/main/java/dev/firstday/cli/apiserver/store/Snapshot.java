package dev.firstday.cli.apiserver.store;

import java.util.List;

/**
 * The objects of a resource at one moment, by namespace and name.
 *
 * @param revision a watch from here misses nothing
 */
public record Snapshot(long revision, List<Stored> objects) {}
