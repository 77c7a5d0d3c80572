package dev.firstday.operator.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.firstday.api.DatasetSpec;
import dev.firstday.contract.RunResult;
import dev.firstday.operator.Samples;
import dev.firstday.operator.worker.Workload;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Specs and answers that no schema let through, and every schema might have: no pass throws. */
class DatasetFuzzTest {
  private static final int SPECS_A_SEED = 40;
  private static final List<String> WORDS =
      List.of(
          "",
          " ",
          "x",
          "0 2 * * *",
          "99 * * * *",
          "Europe/Vienna",
          "$(HOME)",
          "é\u0000",
          "s3://b/k",
          "-1",
          "2026-01-01",
          "x".repeat(5000));

  static Stream<Integer> seeds() {
    return IntStream.range(0, 25).boxed();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noSpecMakesAPassThrow(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < SPECS_A_SEED; i++) {
      World world = new World();
      world.dataset.setSpec((DatasetSpec) value(DatasetSpec.class, random, 0));
      walk(world, random);
      world.edit(spec -> (DatasetSpec) value(DatasetSpec.class, random, 0));
      walk(world, random);
    }
  }

  @Test
  void theSpecsDiffer() {
    Random random = new Random(7);
    assertThat(Stream.generate(() -> value(DatasetSpec.class, random, 0)).limit(50).distinct())
        .hasSizeGreaterThan(45);
  }

  /** Passes at random times, with random answers of random runs. */
  private static void walk(World world, Random random) {
    for (int pass = 0; pass < 4; pass++) {
      world.pass();
      assertThat(world.status().conditions()).hasSize(4);
      world.now = world.now.plus(Duration.ofMinutes(random.nextInt(3000)));
      if (world.run() != null
          && world.run().finishedAt() == null
          && world.cluster.jobsThere().contains(world.run().job())) {
        world.cluster.pod(world.run().job(), Workload.answered(answer(world.run().uid(), random)));
      }
    }
    world.pass();
    world.pass();
    var settled = world.status();
    if (world.run() == null || world.run().finishedAt() != null) {
      world.pass();
      if (world.plan.start().isEmpty()) {
        assertThat(world.status()).isEqualTo(settled);
      }
    }
  }

  private static RunResult answer(String uid, Random random) {
    if (random.nextInt(4) == 0) {
      return new RunResult.Failure(
          uid, "Any", word(random), RunResult.Cure.values()[random.nextInt(3)]);
    }
    RunResult.Snapshot any = (RunResult.Snapshot) value(RunResult.Snapshot.class, random, 0);
    return new RunResult.Snapshot(
        uid,
        Samples.version(1 + random.nextInt(4), random.nextBoolean()),
        any.checks(),
        any.retention());
  }

  /** A value of that type, or null. */
  private static Object value(Type type, Random random, int depth) {
    if (depth > 0 && random.nextInt(4) == 0) {
      return null;
    }
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == Map.class
          ? map(generic, random, depth)
          : list(generic.getActualTypeArguments()[0], random, depth);
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isRecord()) {
      return record(raw, random, depth);
    }
    if (raw.isEnum()) {
      return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
    }
    if (raw == String.class) {
      return word(random);
    }
    if (raw == Boolean.class) {
      return random.nextBoolean();
    }
    if (raw == Integer.class) {
      return random.nextInt(5) == 0 ? random.nextInt() : random.nextInt(100);
    }
    if (raw == Long.class) {
      return random.nextLong();
    }
    if (raw == Double.class) {
      return random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian();
    }
    if (raw == Instant.class) {
      return Workload.NOW.plusSeconds(random.nextInt(2_000_000) - 1_000_000);
    }
    assertThat(raw).isEqualTo(JsonNode.class);
    return TextNode.valueOf(word(random));
  }

  private static Object record(Class<?> type, Random random, int depth) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values =
        Stream.of(components)
            .map(component -> value(component.getGenericType(), random, depth + 1))
            .toArray();
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalStateException("no " + type, e);
    }
  }

  private static List<Object> list(Type of, Random random, int depth) {
    List<Object> values = new ArrayList<>();
    IntStream.range(0, random.nextInt(4)).forEach(i -> values.add(value(of, random, depth + 1)));
    return values;
  }

  private static Map<Object, Object> map(ParameterizedType type, Random random, int depth) {
    Map<Object, Object> values = new LinkedHashMap<>();
    IntStream.range(0, random.nextInt(3))
        .forEach(
            i ->
                values.put(
                    word(random), value(type.getActualTypeArguments()[1], random, depth + 1)));
    return values;
  }

  private static String word(Random random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }
}
