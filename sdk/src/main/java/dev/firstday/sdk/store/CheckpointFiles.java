package dev.firstday.sdk.store;

import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Where the runs of a training job stand. A run has one checkpoint, which its next one replaces as
 * a whole: whoever reads sees the one or the other.
 */
public final class CheckpointFiles {
  /** What a checkpoint may have. */
  public static final int MAX_BYTES = 1 << 30;

  private final S3Access access;
  private final String prefix;

  CheckpointFiles(S3Access access, String root, String trainingJob) {
    this.access = access;
    this.prefix = root + "checkpoints/" + trainingJob + "/";
  }

  /** Writes the run's checkpoint over the one before. */
  public void put(String runUid, byte[] checkpoint) {
    access.put(bucket(), prefix + runUid, RequestBody.fromBytes(checkpoint));
  }

  /** The run's last checkpoint; empty when it has none. */
  public Optional<byte[]> read(String runUid) {
    return access
        .head(bucket(), prefix + runUid)
        .map(file -> Downloads.read(access, bucket(), file.key(), MAX_BYTES));
  }

  /** Deletes the run's checkpoint, which need not be there. */
  public void delete(String runUid) {
    access.delete(bucket(), prefix + runUid);
  }

  /** Deletes what other runs of the training job left, which nobody will go on with. */
  public void deleteAllBut(String runUid) {
    access.list(bucket(), prefix).stream()
        .map(RemoteFile::key)
        .filter(key -> !key.equals(prefix + runUid))
        .forEach(key -> access.delete(bucket(), key));
  }

  /** Where the run's checkpoint lies: s3://bucket/key. */
  public String uri(String runUid) {
    return "s3://" + bucket() + "/" + prefix + runUid;
  }

  private String bucket() {
    return access.settings().bucket();
  }
}
