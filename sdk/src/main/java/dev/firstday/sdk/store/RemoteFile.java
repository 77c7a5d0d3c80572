package dev.firstday.sdk.store;

/**
 * A file that a user uploaded.
 *
 * @param uri s3://bucket/key
 * @param bytes its size
 * @param etag changes with its content
 */
public record RemoteFile(String uri, String bucket, String key, long bytes, String etag) {}
