package dev.firstday.sdk.store;

import dev.firstday.contract.Contract;
import dev.firstday.sdk.store.StoreException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Records of one kind, numbered 1, 2, 3, ... and written once, each as {@code <n>.json}.
 *
 * <p>A number is taken by a conditional write in one single attempt. Whatever its outcome, short of
 * a plain yes, the record is read: what it says tells whose it is. So a run that is repeated, by
 * itself or by another machine, gets the one number that it took the first time.
 *
 * @param <T> what JSON a record is
 */
public final class RecordLog<T> {
  private static final int AT_ONCE = 16;
  private static final Pattern KEY = Pattern.compile("([1-9][0-9]{0,8})\\.json");

  private final S3Access access;
  private final String root;
  private final String prefix;
  private final Class<T> type;
  private final int maxBytes;

  /** What was read before: a record is written once, and never changes. */
  private final Map<Integer, T> known = new ConcurrentHashMap<>();

  /**
   * @param prefix what the records' keys begin with, below the root
   * @param maxBytes what a record may have
   */
  RecordLog(S3Access access, String root, String prefix, Class<T> type, int maxBytes) {
    this.access = access;
    this.root = root;
    this.prefix = root + prefix;
    this.type = type;
    this.maxBytes = maxBytes;
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
   * The record with that number.
   *
   * @throws StoreException OBJECT_NOT_FOUND when there is none, or what S3 answers
   */
  public T read(int number) {
    byte[] json = Downloads.read(access, bucket(), key(number), maxBytes);
    try {
      return Contract.read(new String(json, StandardCharsets.UTF_8), type);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          Reason.DIGEST_MISMATCH,
          "s3://%s/%s at %s is not what was recorded (%s): restore it from a backup"
              .formatted(bucket(), key(number), access.settings().endpointName(), e.getMessage()),
          e);
    }
  }

  /** Several records, read side by side, in the order of the numbers. */
  public List<T> read(List<Integer> numbers) {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      return read(numbers, threads);
    } finally {
      threads.shutdownNow();
    }
  }

  private List<T> read(List<Integer> numbers, ExecutorService threads) {
    try {
      List<CompletableFuture<T>> reads =
          numbers.stream()
              .map(number -> CompletableFuture.supplyAsync(() -> knownOr(number), threads))
              .toList();
      return reads.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private T knownOr(int number) {
    return known.computeIfAbsent(number, this::read);
  }

  /** The newest records, at most that many, newest first. */
  public List<T> newest(int count) {
    return read(backwards(numbers(), count));
  }

  /**
   * The newest records that are wanted, newest first.
   *
   * @param count how many are enough
   */
  public List<T> newest(int count, Predicate<T> wanted) {
    return newest(numbers(), Integer.MAX_VALUE, count, wanted);
  }

  /**
   * Writes a record under the next number, unless it is there already: then that one is returned,
   * and no number is taken.
   *
   * @param lookBack among how many of the newest records it may be
   * @param isSame whether a record that is there is the one to be written
   * @param record gives the record, from its number
   * @throws StoreException CONDITIONAL_WRITES_UNSUPPORTED when the store would let two runs take
   *     the same number, or what S3 answers
   */
  public T append(int lookBack, Predicate<T> isSame, IntFunction<T> record) {
    new ConditionalWrites(access, root).require();
    List<Integer> taken = numbers();
    List<T> same = newest(taken, lookBack, 1, isSame);
    if (!same.isEmpty()) {
      return same.get(0);
    }
    int number = taken.isEmpty() ? 1 : taken.get(taken.size() - 1) + 1;
    T mine = record.apply(number);
    while (!access.create(bucket(), key(number), json(mine))) {
      T there = read(number);
      if (isSame.test(there)) {
        return there;
      }
      mine = record.apply(++number);
    }
    return mine;
  }

  /** Reads backwards, no further than it must: a few first, since it is mostly among these. */
  private List<T> newest(List<Integer> taken, int lookBack, int count, Predicate<T> wanted) {
    List<Integer> numbers = backwards(taken, lookBack);
    List<T> found = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      int from = 0;
      for (int more = AT_ONCE; from < numbers.size() && found.size() < count; more *= 2) {
        List<Integer> some = numbers.subList(from, Math.min(numbers.size(), from + more));
        read(some, threads).stream().filter(wanted).forEach(found::add);
        from += some.size();
      }
    } finally {
      threads.shutdownNow();
    }
    return found.subList(0, Math.min(count, found.size()));
  }

  private static List<Integer> backwards(List<Integer> numbers, int count) {
    List<Integer> newest = new ArrayList<>();
    for (int i = numbers.size() - 1; i >= 0 && newest.size() < count; i--) {
      newest.add(numbers.get(i));
    }
    return newest;
  }

  private byte[] json(T record) {
    return Contract.write(record).getBytes(StandardCharsets.UTF_8);
  }

  private String key(int number) {
    return prefix + number + ".json";
  }

  private String bucket() {
    return access.settings().bucket();
  }
}
