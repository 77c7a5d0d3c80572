package dev.firstday.sdk.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.firstday.contract.Contract;
import dev.firstday.sdk.store.StoreException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What retention has in mind with versions of a data set or model, in two small records each:
 *
 * <pre>
 * swept/&lt;n&gt;.json   swept/&lt;n&gt;.deleted.json
 *      -                  -                 kept
 *    there                -                 {@link State#MARKED}: its files go after the grace period
 *    there              there               {@link State#DELETING}: from here on nothing may read its files
 *      -                there               {@link State#DELETED}: its files are gone
 * </pre>
 *
 * The second is written before the first file goes and the first is removed after the last one, so
 * that a run that ends anywhere in between is finished by the next.
 *
 * <p>Two runs may be at it at once, and one of them may take the mark back while the other deletes.
 * What becomes of a marked version is decided once for each mark, by who writes {@code
 * swept/<n>.<time of the mark>.decided.json} first; a decision stays. Whoever meets the other's
 * carries that one out.
 */
public final class SweepMarks implements VersionLog.Removals {
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

  @Override
  public Set<Integer> gone() {
    return withoutRows();
  }

  @Override
  public boolean keep(int number) {
    State state = states().get(number);
    return state == null || state == State.MARKED && unmark(number);
  }

  /** When a marked version was marked. */
  public Instant markedAt(int number) {
    return read(mark(number), Mark.class).at();
  }

  /**
   * Marks a version, unless it is marked; the first mark counts, whoever wrote it.
   *
   * @return since when it is marked
   */
  public Instant mark(int number, String digest, Instant now) {
    return write(mark(number), new Mark(number, digest, now)) ? now : markedAt(number);
  }

  /**
   * Says that the files of a marked version go now.
   *
   * @param since when it was marked, as the caller knows it
   * @return false: that mark was taken back meanwhile, and nothing may go
   */
  public boolean beginDeletion(int number, String digest, Instant since, Instant now) {
    Optional<Mark> mark = find(mark(number), Mark.class).filter(there -> there.at().equals(since));
    if (mark.isEmpty()) {
      return false;
    }
    if (decide(mark.get(), false)) {
      access.delete(bucket(), mark(number));
      return false;
    }
    write(deleted(number), new Mark(number, digest, now));
    return true;
  }

  /** Says that the files of a version are gone. */
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

  /**
   * Takes a mark back, unless it is decided that its version goes.
   *
   * @return false: that is decided
   */
  public boolean unmark(int number) {
    Optional<Mark> mark = find(mark(number), Mark.class);
    if (mark.isEmpty()) {
      return !states().containsKey(number);
    }
    if (decide(mark.get(), true)) {
      access.delete(bucket(), mark(number));
      return true;
    }
    // whoever decided it may have been cut off before it could say so
    write(deleted(number), mark.get());
    return false;
  }

  /** Whether the version stays, from the first who wanted either. */
  private boolean decide(Mark mark, boolean keep) {
    String key =
        prefix
            + "%d.%d%09d.decided.json"
                .formatted(mark.number(), mark.at().getEpochSecond(), mark.at().getNano());
    return write(key, new Decision(keep)) ? keep : read(key, Decision.class).keep();
  }

  private boolean write(String key, Object document) {
    return access.create(bucket(), key, Contract.write(document).getBytes(StandardCharsets.UTF_8));
  }

  private <T> Optional<T> find(String key, Class<T> type) {
    try {
      return Optional.of(read(key, type));
    } catch (StoreException e) {
      if (e.why() == Reason.OBJECT_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private <T> T read(String key, Class<T> type) {
    byte[] json = Downloads.read(access, bucket(), key, MAX_BYTES);
    try {
      return Contract.read(new String(json, StandardCharsets.UTF_8), type);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          Reason.DIGEST_MISMATCH,
          "s3://%s/%s at %s is no mark of retention (%s): delete it, and the grace period begins again"
              .formatted(bucket(), key, access.settings().endpointName(), e.getMessage()),
          e);
    }
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

  /**
   * @param keep whether the version stays
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Decision(boolean keep) {}
}
