package dev.firstday.sdk.store;

import dev.firstday.contract.Contract;
import dev.firstday.sdk.store.StoreException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * What routers have captured of the requests to one deployment: files of gzipped lines, one JSON
 * document each, in a folder for each day of UTC; and beside them how long they are kept.
 */
public final class CaptureFiles {
  private static final String SUFFIX = ".jsonl.gz";
  private static final String KEEP = "keep.json";
  private static final int MAX_KEEP_BYTES = 1024;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HHmmss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final S3Access access;
  private final String prefix;

  /** The content of {@value #KEEP}. */
  private record Keep(Integer days) {}

  CaptureFiles(S3Access access, String root, String deployment) {
    this.access = access;
    this.prefix = root + "captures/" + deployment + "/";
  }

  /**
   * Stores a file. The same arguments again overwrite it, so that a write may be repeated.
   *
   * @param instance of the router process
   * @param number counts the files of that process
   */
  public void write(Instant at, String instance, long number, byte[] content) {
    String name = "%s-%s-%d%s".formatted(TIME.format(at), instance, number, SUFFIX);
    access.put(bucket(), prefix + day(at) + "/" + name, RequestBody.fromBytes(content));
  }

  /**
   * Names of the files from that day on, newest first; each day is listed when it is reached. A
   * store that keeps its objects in folders may list under other names what is not written yet.
   */
  public Stream<String> since(LocalDate first) {
    return days()
        .filter(day -> !day.isBefore(first))
        .sorted(Comparator.reverseOrder())
        .flatMap(day -> files(day).stream())
        .filter(name -> name.endsWith(SUFFIX));
  }

  /**
   * A file's content, as it was written.
   *
   * @param name as {@link #since} gives it
   */
  public byte[] read(String name, int maxBytes) {
    return Downloads.read(access, bucket(), prefix + name, maxBytes);
  }

  /**
   * Deletes the files of all days before that one. Others may do the same meanwhile.
   *
   * @return how many there were
   */
  public long deleteBefore(LocalDate first) {
    List<String> old =
        days().filter(day -> day.isBefore(first)).flatMap(day -> files(day).stream()).toList();
    old.forEach(name -> access.delete(bucket(), prefix + name));
    return old.size();
  }

  /** Tells whoever deletes what is old when no router does any more: see {@link #deleteOld}. */
  public void keep(int days) {
    access.put(bucket(), prefix + KEEP, RequestBody.fromString(Contract.write(new Keep(days))));
  }

  /**
   * Deletes what is older than a router last said that it may become. Where none has said it,
   * nothing is.
   *
   * @return how many files there were
   */
  long deleteOld(LocalDate today) {
    if (access.head(bucket(), prefix + KEEP).isEmpty()) {
      return 0;
    }
    long deleted = deleteBefore(today.minusDays(keptDays()));
    if (deleted > 0 && days().findAny().isEmpty()) {
      // a router that goes on says it again within the hour
      access.delete(bucket(), prefix + KEEP);
    }
    return deleted;
  }

  private int keptDays() {
    byte[] json = Downloads.read(access, bucket(), prefix + KEEP, MAX_KEEP_BYTES);
    try {
      Integer days = Contract.read(new String(json, StandardCharsets.UTF_8), Keep.class).days();
      if (days != null && days > 0) {
        return days;
      }
      throw new IllegalArgumentException("days is no number above 0");
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          Reason.DIGEST_MISMATCH,
          "s3://%s/%s at %s does not say how long captured requests are kept (%s): delete them, or write {\"days\": 7}"
              .formatted(bucket(), prefix + KEEP, access.settings().endpointName(), e.getMessage()),
          e);
    }
  }

  private Stream<LocalDate> days() {
    return access.folders(bucket(), prefix).stream()
        .map(CaptureFiles::parse)
        .flatMap(Optional::stream);
  }

  private List<String> files(LocalDate day) {
    return access.list(bucket(), prefix + day + "/").stream()
        .map(file -> file.key().substring(prefix.length()))
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /** A folder of another name is somebody else's. */
  private static Optional<LocalDate> parse(String folder) {
    try {
      return Optional.of(LocalDate.parse(folder));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private String bucket() {
    return access.settings().bucket();
  }
}
