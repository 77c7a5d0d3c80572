package dev.firstday.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.firstday.api.MetricValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How the documents of this package are written and read. */
public final class Contract {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  static {
    JSON.getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build());
  }

  private Contract() {}

  /** Canonical JSON: keys sorted, no white space, so that equal values have equal digests. */
  public static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value, e);
    }
  }

  /**
   * @throws IllegalArgumentException when the text is not JSON of that type; the message says where
   */
  public static <T> T read(String json, Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    }
  }

  /** What a constant is called in resources: {@code logLoss}. */
  public static String name(Enum<?> constant) {
    return JSON.convertValue(constant, String.class);
  }

  /** sha256 of the canonical JSON, in lower-case hex. */
  public static String digest(Object value) {
    return sha256(write(value).getBytes(StandardCharsets.UTF_8));
  }

  /** sha256 in lower-case hex. */
  public static String sha256(byte[] bytes) {
    return sha256(bytes, 0);
  }

  /** sha256 of the bytes from that one on, in lower-case hex. */
  public static String sha256(byte[] bytes, int from) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(bytes, from, bytes.length - from);
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether the text has the form of a digest. */
  public static boolean isDigest(String text) {
    return text != null && DIGEST.matcher(text).matches();
  }

  /**
   * The run as an environment variable's value. {@code $} is escaped in JSON's own way, since
   * Kubernetes expands {@code $(NAME)} in such values and turns {@code $$} into {@code $}.
   */
  public static String writeRun(Run run) {
    return write(run).replace("$", "\\u0024");
  }

  /**
   * Reads a worker's answer, which is untrusted: empty when it is not a result of that run, or too
   * large, or names something that is no digest where a digest belongs.
   */
  public static Optional<RunResult> readResult(String message, String runUid) {
    if (message == null || message.getBytes(StandardCharsets.UTF_8).length > RunResult.MAX_BYTES) {
      return Optional.empty();
    }
    RunResult result;
    try {
      result = read(message, RunResult.class);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    // JSON has a document that is nothing
    return result != null && runUid.equals(result.uid()) && wellFormed(result)
        ? Optional.of(result)
        : Optional.empty();
  }

  private static boolean wellFormed(RunResult result) {
    if (result instanceof RunResult.Snapshot snapshot) {
      var version = snapshot.version();
      return version != null && version.number() != null && isDigest(version.digest());
    }
    if (result instanceof RunResult.Train train) {
      var training = train.training();
      return training != null
          && areNamed(training.metrics())
          && (training.version() == null
              || training.version().number() != null && isDigest(training.version().digest()));
    }
    if (result instanceof RunResult.Inventory inventory) {
      return inventory.versions() != null
          && inventory.versions().stream()
              .allMatch(v -> v.number() != null && isDigest(v.digest()) && areNamed(v.metrics()))
          && areNumbers(inventory.marked());
    }
    if (result instanceof RunResult.Inspection inspection) {
      return inspection.findings() != null
          && inspection.findings().stream().allMatch(f -> isDigest(f.digest()));
    }
    if (result instanceof RunResult.Evaluation evaluation) {
      return evaluation.scores() != null
          && evaluation.scores().stream()
              .allMatch(s -> isDigest(s.digest()) && areNamed(s.metrics()));
    }
    if (result instanceof RunResult.Sweep sweep) {
      return sweep.removed() >= 0
          && sweep.retention() != null
          && areNumbers(sweep.retention().marked())
          && areNumbers(sweep.retention().deleted());
    }
    if (result instanceof RunResult.Reproduction reproduction) {
      return isDigest(reproduction.digest()) && reproduction.verdict() != null;
    }
    return result instanceof RunResult.Failure failure
        && failure.reason() != null
        && failure.cure() != null;
  }

  private static boolean areNumbers(List<Integer> numbers) {
    return numbers == null || numbers.stream().allMatch(number -> number != null && number > 0);
  }

  private static boolean areNamed(List<MetricValue> metrics) {
    return metrics == null || metrics.stream().allMatch(metric -> metric.name() != null);
  }
}
