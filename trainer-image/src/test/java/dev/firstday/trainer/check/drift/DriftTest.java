package dev.firstday.trainer.check.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.firstday.api.DatasetCheck.DriftMethod;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.trainer.check.drift.Distribution.Bin;
import dev.firstday.trainer.check.drift.Drift.Distance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Expected numbers are scipy 1.17's, by the expression beside each. */
class DriftTest {
  private static final Distribution REFERENCE = categories(50, 30, 15, 5);
  private static final Distribution CURRENT = categories(40, 30, 20, 10);

  @Test
  void stabilityIndex() {
    Distance psi = distance(DriftMethod.PSI, REFERENCE, CURRENT);

    // sum((q - p) * log(q / p)); 3 * (1/100 + 1/100); chi2.ppf(1 - 1e-4, 3) * (1/100 + 1/100)
    assertThat(psi.value()).isCloseTo(0.07135581778200728, within(1e-12));
    assertThat(psi.expected()).isCloseTo(0.06, within(1e-12));
    assertThat(psi.noise()).isCloseTo(0.42215026932320887, within(1e-9));
  }

  @Test
  void jensenShannon() {
    Distance divergence = distance(DriftMethod.JENSEN_SHANNON, REFERENCE, CURRENT);

    // jensenshannon(p, q, base=2) ** 2; the stability index's own / (8 * log(2))
    assertThat(divergence.value()).isCloseTo(0.012728661712719228, within(1e-12));
    assertThat(divergence.expected()).isCloseTo(0.010820212806667225, within(1e-12));
    assertThat(divergence.noise()).isCloseTo(0.07612926250781672, within(1e-9));
    assertThat(distance(DriftMethod.JENSEN_SHANNON, categories(10, 0), categories(0, 10)).value())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void greatestDifference() {
    Distance greatest = distance(DriftMethod.L_INFINITY, REFERENCE, CURRENT);

    // norm.ppf(1 - 1e-4 / 2 / 4) * sqrt(0.45 * 0.55 * (1/100 + 1/100))
    assertThat(greatest.value()).isCloseTo(0.1, within(1e-12));
    assertThat(greatest.expected()).isNull();
    assertThat(greatest.noise()).isCloseTo(0.2965374419495091, within(1e-9));
  }

  @Test
  void distributionFunctions() {
    // 1, 2, 3, 4 against 2, 3, 4, 5 and by hand: F is ahead by 1/4 at 1, 2, 3 and 4
    Distribution reference = numbers(1, 2, 3, 4);
    Distribution current = counted(reference.bins(), 2, 3, 4, 5);
    // population deviation of 1, 2, 3, 4
    double deviation = Math.sqrt(1.25);

    Distance ks = distance(DriftMethod.KS, reference, current);
    assertThat(ks.value()).isCloseTo(0.25, within(1e-12));
    // kstwobign.mean() and isf(1e-4)
    assertThat(ks.expected()).isCloseTo(0.8687311606361591 * Math.sqrt(0.5), within(1e-9));
    assertThat(ks.noise()).isCloseTo(2.2252513961950457 * Math.sqrt(0.5), within(1e-9));
    assertThat(distance(DriftMethod.WASSERSTEIN, reference, current).value())
        .isCloseTo(1 / deviation, within(1e-12));
    Distance mean = distance(DriftMethod.MEAN_SHIFT, reference, current);
    assertThat(mean.value()).isCloseTo(1 / deviation, within(1e-12));
    // sqrt(2 / pi) * sqrt(1/4 + 1/4) and norm.ppf(1 - 1e-4 / 2) * the same root
    assertThat(mean.expected()).isCloseTo(0.5641895835477563, within(1e-9));
    assertThat(mean.noise()).isCloseTo(3.890591886413094 * Math.sqrt(0.5), within(1e-9));
  }

  @Test
  void wassersteinSeesAWiderSpreadAroundTheSameMean() {
    Distribution reference = numbers(-1, 0, 0, 1);
    Distribution current = counted(reference.bins(), -3, 0, 0, 3);

    // (2 + 0 + 0 + 2) / 4 rows, over sqrt(0.5)
    assertThat(distance(DriftMethod.WASSERSTEIN, reference, current).value())
        .isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(distance(DriftMethod.MEAN_SHIFT, reference, current).value()).isZero();
  }

  @Test
  void boundsGiveWayToNoiseOnly() {
    Distance distance = new Distance(0.15, 0.01, 0.2);

    assertThat(distance.threshold(0.1)).isEqualTo(0.2);
    assertThat(distance.threshold(0.3)).isEqualTo(0.3);
  }

  @Test
  void missingValuesHaveABinOfTheirOwn() {
    Distribution reference = new Distribution(REFERENCE.bins(), REFERENCE.counted(), 0);
    Distribution current = new Distribution(REFERENCE.bins(), REFERENCE.counted(), 900);

    Distance psi = distance(DriftMethod.PSI, reference, current);

    assertThat(psi.value()).isGreaterThan(psi.threshold(0.2));
  }

  @ParameterizedTest
  @EnumSource
  void isZeroForTheSame(DriftMethod method) {
    Distribution reference = numbers(3, 1, 4, 1, 5, 9, 2, 6);

    assertThat(distance(method, reference, reference).value()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void isFiniteForConstants(DriftMethod method) {
    Distribution constant = numbers(0.1, 0.1, 0.1);
    Distribution same = counted(constant.bins(), 0.1, 0.1, 0.1, 0.1);
    Distribution other = counted(constant.bins(), 7, 7, 7);

    Distance none = distance(method, constant, same);
    assertThat(none.value()).isZero();
    assertThat(none.noise()).isFinite().isNotNegative();
    assertThat(distance(method, constant, other).value()).isFinite().isPositive();
  }

  @Test
  void aConstantThatChangesIsFarFromWhatItWas() {
    Distribution constant = numbers(5, 5, 5);

    Distance shift = distance(DriftMethod.MEAN_SHIFT, constant, counted(constant.bins(), 7, 7, 7));

    assertThat(shift.value()).isEqualTo(Drift.FAR);
    assertThat(shift.threshold(0.5)).isEqualTo(0.5);
  }

  @Test
  void oneOddValueAmongConstantsIsNoAlarm() {
    double[] values = new double[200];
    Distribution constant = numbers(values);
    values[17] = 1;
    Distribution odd = counted(constant.bins(), values);

    for (DriftMethod method : DriftMethod.values()) {
      Distance distance = distance(method, constant, odd);
      assertThat(distance.value()).as(method.name()).isLessThan(distance.threshold(0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsComparedWithNothing(DriftMethod method) {
    Distribution some = numbers(1, 2, 3);
    Distribution none = counted(some.bins());

    assertThat(Drift.distance(method, some, none)).isEmpty();
    assertThat(Drift.distance(method, none, some)).isEmpty();
    Distribution missing = new Distribution(some.bins(), none.counted(), 10);
    assertThat(Drift.distance(method, some, missing).isPresent())
        .isEqualTo(!Drift.needsNumbers(method));
  }

  @Test
  void refusesWhatCannotBeCompared() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Drift.distance(DriftMethod.PSI, REFERENCE, numbers(1, 2)))
        .withMessageContaining("different bins");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Drift.distance(DriftMethod.KS, REFERENCE, CURRENT))
        .withMessageContaining("needs numbers");
    assertThat(Drift.suits(DriftMethod.KS, Type.VARCHAR)).isFalse();
    assertThat(Drift.suits(DriftMethod.KS, Type.TIMESTAMP)).isTrue();
    assertThat(Drift.suits(DriftMethod.PSI, Type.BOOLEAN)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void holdsForWhateverComes(DriftMethod method) {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      double scale = Math.pow(10, random.nextInt(20) - 10);
      double offset = random.nextInt(3) * scale * 1000;
      Distribution reference = numbers(draw(random, scale, offset));
      Distribution current = counted(reference.bins(), draw(random, scale, offset));

      Distance distance = distance(method, reference, current);

      assertThat(distance.value()).isFinite().isNotNegative().isLessThanOrEqualTo(Drift.FAR);
      assertThat(distance.noise()).isFinite().isNotNegative();
      if (method != DriftMethod.L_INFINITY) {
        assertThat(distance.expected()).isNotNegative().isLessThanOrEqualTo(distance.noise());
      }
      if (method == DriftMethod.WASSERSTEIN) {
        Distance mean = distance(DriftMethod.MEAN_SHIFT, reference, current);
        assertThat(distance.value()).isGreaterThanOrEqualTo(mean.value() - 1e-6);
      }
    }
  }

  private static double[] draw(Random random, double scale, double offset) {
    return random
        .doubles(1 + random.nextInt(60))
        .map(value -> offset + scale * Math.floor(value * (1 + random.nextInt(20))))
        .toArray();
  }

  private static Distance distance(
      DriftMethod method, Distribution reference, Distribution current) {
    return Drift.distance(method, reference, current).orElseThrow();
  }

  private static Distribution categories(long... rows) {
    List<String> names =
        IntStream.range(0, rows.length - 1).mapToObj(i -> "category " + i).toList();
    return new Distribution(
        new Bins.Categories(names),
        LongStream.of(rows).mapToObj(count -> new Bin(count, 0, 0)).toList(),
        0);
  }

  /** With a bin for each value. */
  private static Distribution numbers(double... values) {
    List<Double> edges = new ArrayList<>();
    for (double value : Arrays.stream(values).distinct().sorted().toArray()) {
      edges.add(Math.nextDown(value));
      edges.add(value);
    }
    return counted(new Bins.Ranges(edges), values);
  }

  private static Distribution counted(Bins bins, double... values) {
    List<Double> edges = ((Bins.Ranges) bins).edges();
    List<Bin> counted = new ArrayList<>();
    for (int i = 0; i <= edges.size(); i++) {
      double low = i == 0 ? Double.NEGATIVE_INFINITY : edges.get(i - 1);
      double high = i == edges.size() ? Double.POSITIVE_INFINITY : edges.get(i);
      double[] in = Arrays.stream(values).filter(value -> value > low && value <= high).toArray();
      double mean = Arrays.stream(in).average().orElse(0);
      double square = Arrays.stream(in).map(v -> (v - mean) * (v - mean)).average().orElse(0);
      counted.add(new Bin(in.length, mean, Math.sqrt(square)));
    }
    return new Distribution(bins, counted, 0);
  }
}
