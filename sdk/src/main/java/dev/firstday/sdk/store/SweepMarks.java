package dev.firstday.sdk.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.store.StoreException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What retention has in mind with versions of a data set, in two small records each:
 *
 * <pre>
 * swept/&lt;n&gt;.json   swept/&lt;n&gt;.deleted.json
 *      -                  -                 kept
 *    there                -                 {@link State#MARKED}: its rows go after the grace period
 *    there              there               {@link State#DELETING}: from here on nothing may read its rows
 *      -                there               {@link State#DELETED}: its rows are gone
 * </pre>
 *
 * The second is written before the first row goes and the first is removed after the last one, so
 * that a run that ends anywhere in between is finished by the next.
 */
public final class SweepMarks {
  private static final int MAX_BYTES = 64 * 1024;
  private static final Pattern KEY = Pattern.compile("([1-9][0-9]{0,8})(\\.deleted)?\\.json");

  private final S3Access access;
  private final String prefix;

  SweepMarks(S3Access access, String prefix) {
    this.access = access;
    this.prefix = prefix;
  }

  /** The versions that are not simply kept, by number. */
  public Map<Integer, State> states() {
    Set<Integer> marked = new TreeSet<>();
    Set<Integer> deleted = new TreeSet<>();
    for (RemoteFile file : access.list(bucket(), prefix)) {
      Matcher key = KEY.matcher(file.key().substring(prefix.length()));
      if (key.matches()) {
        (key.group(2) == null ? marked : deleted).add(Integer.valueOf(key.group(1)));
      }
    }
    Map<Integer, State> states = new TreeMap<>();
    marked.forEach(n -> states.put(n, deleted.contains(n) ? State.DELETING : State.MARKED));
    deleted.forEach(n -> states.putIfAbsent(n, State.DELETED));
    return states;
  }

  /** Numbers of the versions whose rows are gone, or going: none of them may be read. */
  public Set<Integer> withoutRows() {
    return states().entrySet().stream()
        .filter(e -> e.getValue() != State.MARKED)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** When a marked version was marked. */
  public Instant markedAt(int number) {
    byte[] json = Downloads.read(access, bucket(), mark(number), MAX_BYTES);
    try {
      return Contract.read(new String(json, StandardCharsets.UTF_8), Mark.class).at();
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          Reason.DIGEST_MISMATCH,
          "s3://%s/%s at %s is no mark of retention (%s): delete it, and the grace period begins again"
              .formatted(bucket(), mark(number), access.settings().endpointName(), e.getMessage()),
          e);
    }
  }

  /**
   * Marks a version, unless it is marked; the first mark counts, whoever wrote it.
   *
   * @return since when it is marked
   */
  public Instant mark(int number, String digest, Instant now) {
    return write(mark(number), number, digest, now) ? now : markedAt(number);
  }

  /** Says that the rows of a marked version go now. */
  public void beginDeletion(int number, String digest, Instant now) {
    write(deleted(number), number, digest, now);
  }

  /** Says that the rows of a version are gone. */
  public void endDeletion(int number) {
    access.delete(bucket(), mark(number));
  }

  /**
   * Takes back what was in mind with a version: it is referred to again, or was built again and its
   * objects are stored. A run that builds a version calls this after it has stored the objects and
   * before it answers, whatever the version's state; without marks that costs one request.
   */
  public void clear(int number) {
    // in this order, since a mark alone takes nothing from anybody
    State state = states().get(number);
    if (state == State.DELETING || state == State.DELETED) {
      access.delete(bucket(), deleted(number));
    }
    if (state == State.DELETING || state == State.MARKED) {
      access.delete(bucket(), mark(number));
    }
  }

  private boolean write(String key, int number, String digest, Instant now) {
    byte[] body = Contract.write(new Mark(number, digest, now)).getBytes(StandardCharsets.UTF_8);
    return access.create(bucket(), key, body);
  }

  private String mark(int number) {
    return prefix + number + ".json";
  }

  private String deleted(int number) {
    return prefix + number + ".deleted.json";
  }

  private String bucket() {
    return access.settings().bucket();
  }

  /** What retention has in mind with a version. */
  public enum State {
    MARKED,
    DELETING,
    DELETED
  }

  /**
   * @param digest of the version's manifest, for people who look
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Mark(int number, String digest, Instant at) {}
}
