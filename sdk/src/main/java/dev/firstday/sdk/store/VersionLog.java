package dev.firstday.sdk.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.store.StoreException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The versions of one data set or model: records numbered 1, 2, 3, ... that are written once.
 *
 * <p>A number is taken by a conditional write in one single attempt. Whatever its outcome, short of
 * a plain yes, the record is read: its run uid tells whose it is. So a run that is repeated, by
 * itself or by another machine, gets the one number that it took the first time.
 */
public final class VersionLog {
  private static final int MAX_RECORD_BYTES = 256 * 1024;
  private static final int MAX_UNKNOWN_OUTCOMES = 5;
  private static final Pattern KEY = Pattern.compile("([1-9][0-9]{0,8})\\.json");

  private final S3Access access;
  private final String root;
  private final String prefix;

  VersionLog(S3Access access, String root, String prefix) {
    this.access = access;
    this.root = root;
    this.prefix = prefix;
  }

  /** The numbers taken, ascending. */
  public List<Integer> numbers() {
    return access.list(bucket(), prefix).stream()
        .map(f -> KEY.matcher(f.key().substring(prefix.length())))
        .filter(Matcher::matches)
        .map(m -> Integer.valueOf(m.group(1)))
        .sorted()
        .toList();
  }

  /**
   * The record of a version.
   *
   * @throws StoreException OBJECT_NOT_FOUND when there is no such version, or what S3 answers
   */
  public VersionRecord read(int number) {
    byte[] json = Downloads.read(access, bucket(), key(number), MAX_RECORD_BYTES);
    try {
      return Contract.read(new String(json, StandardCharsets.UTF_8), VersionRecord.class);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          Reason.DIGEST_MISMATCH,
          "s3://%s/%s at %s is not a version record (%s): restore it from a backup"
              .formatted(bucket(), key(number), access.settings().endpointName(), e.getMessage()),
          e);
    }
  }

  /** The version that a run recorded, the newest if there are several. */
  public Optional<VersionRecord> ofRun(String runUid) {
    List<Integer> taken = numbers();
    return IntStream.range(0, taken.size())
        .mapToObj(back -> read(taken.get(taken.size() - 1 - back)))
        .filter(there -> there.runUid().equals(runUid))
        .findFirst();
  }

  /**
   * Records a version whose objects are stored already. A version with the same digest is that
   * version, and so is one that the same run recorded, unless it was refused: its record is
   * returned, and no number is taken.
   *
   * @param summary gives what lists show of the version, from its number
   * @throws StoreException CONDITIONAL_WRITES_UNSUPPORTED when the store would let two runs take
   *     the same number, or what S3 answers
   */
  public VersionRecord record(
      String runUid,
      String digest,
      boolean refused,
      Instant recordedAt,
      IntFunction<Object> summary) {
    new ConditionalWrites(access, root).require();
    List<Integer> taken = numbers();
    for (int i = taken.size() - 1; i >= 0; i--) {
      VersionRecord there = read(taken.get(i));
      if (isSame(there, runUid, digest)) {
        return there;
      }
    }
    int number = taken.isEmpty() ? 1 : taken.get(taken.size() - 1) + 1;
    int unknown = 0;
    while (true) {
      VersionRecord mine =
          new VersionRecord(
              number,
              digest,
              runUid,
              refused,
              recordedAt,
              Contract.read(Contract.write(summary.apply(number)), JsonNode.class));
      byte[] body = Contract.write(mine).getBytes(StandardCharsets.UTF_8);
      S3Access.Claim claim = access.putIfAbsent(bucket(), key(number), body);
      if (claim == S3Access.Claim.WRITTEN) {
        return mine;
      }
      Optional<VersionRecord> there = find(number);
      if (there.isPresent()) {
        if (isSame(there.get(), runUid, digest)) {
          return there.get();
        }
        number++;
      } else if (++unknown == MAX_UNKNOWN_OUTCOMES) {
        throw new StoreException(
            Reason.S3_UNREACHABLE,
            "s3://%s/%s at %s could not be written in %d attempts: is S3 healthy?"
                .formatted(bucket(), key(number), access.settings().endpointName(), unknown));
      }
    }
  }

  private static boolean isSame(VersionRecord there, String runUid, String digest) {
    return there.digest().equals(digest) || there.runUid().equals(runUid) && !there.refused();
  }

  private Optional<VersionRecord> find(int number) {
    return access.head(bucket(), key(number)).map(f -> read(number));
  }

  private String key(int number) {
    return prefix + number + ".json";
  }

  private String bucket() {
    return access.settings().bucket();
  }
}
