package dev.firstday.sdk.store;

import java.time.Instant;

/**
 * What S3 tells of a file without its content.
 *
 * @param uri s3://bucket/key
 * @param bytes its size
 * @param etag changes with its content
 * @param lastModified when it was written last, by S3's clock
 */
public record RemoteFile(
    String uri, String bucket, String key, long bytes, String etag, Instant lastModified) {}
