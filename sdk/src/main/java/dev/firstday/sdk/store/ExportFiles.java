package dev.firstday.sdk.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import software.amazon.awssdk.core.sync.RequestBody;

/** Descriptions of versions for other programs, beside the versions; nothing here reads them. */
public final class ExportFiles {
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  private final S3Access access;
  private final String root;
  private final String dataset;

  ExportFiles(S3Access access, String root, String dataset) {
    this.access = access;
    this.root = root;
    this.dataset = dataset;
  }

  /** Writes a version's description, unless the very same is there. */
  public void put(int number, String json) {
    byte[] content = json.getBytes(StandardCharsets.UTF_8);
    boolean same =
        access
            .head(bucket(), key(number))
            .filter(f -> f.bytes() == content.length)
            .filter(
                f -> Arrays.equals(content, Downloads.read(access, bucket(), f.key(), MAX_BYTES)))
            .isPresent();
    if (!same) {
      access.put(bucket(), key(number), RequestBody.fromBytes(content));
    }
  }

  /** Where a version's description lies: s3://bucket/key. */
  public String uri(int number) {
    return "s3://" + bucket() + "/" + key(number);
  }

  /** Where all of the data set lies: s3://bucket/key. */
  public String datasetUri() {
    return "s3://" + bucket() + "/" + root + "datasets/" + dataset;
  }

  /** Where an object lies: s3://bucket/key. */
  public String objectUri(String digest) {
    return "s3://" + bucket() + "/" + root + "objects/sha256/" + digest;
  }

  private String key(int number) {
    return root + "datasets/" + dataset + "/croissant/" + number + ".json";
  }

  private String bucket() {
    return access.settings().bucket();
  }
}
