package dev.firstday.rollout;

import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.feature.Feature;
import dev.firstday.sdk.feature.Features;
import dev.firstday.server.predict.TrainedVersion;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Flights of which it is known whether they were late, and what goes wrong on the way from them to
 * a version.
 *
 * @param carriers places in {@link Traffic#CARRIERS}
 * @param late what is learnt
 * @param normalisedUpTo greatest distance that the stored normaliser was fitted on
 */
record Flights(
    int[] carriers, double[] hours, double[] distances, boolean[] late, double normalisedUpTo) {
  private static final int ROWS = 600;
  private static final double LONGEST = 3000;
  private static final double SHORT = 800;

  static Flights all() {
    SplittableRandom random = new SplittableRandom(1);
    int[] carriers = new int[ROWS];
    double[] hours = new double[ROWS];
    double[] distances = new double[ROWS];
    boolean[] late = new boolean[ROWS];
    for (int row = 0; row < ROWS; row++) {
      carriers[row] = Traffic.CARRIERS.indexOf(Traffic.carrier(random));
      hours[row] = random.nextInt(24);
      distances[row] = 100 + random.nextInt(2900);
      late[row] = hours[row] / 24 + distances[row] / 3000 + (carriers[row] % 2) * 0.3 > 1.1;
    }
    return new Flights(carriers, hours, distances, late, LONGEST);
  }

  /** Training read the distance where serving has the hour, and the other way round. */
  Flights withSwappedColumns() {
    return new Flights(carriers, distances, hours, late, normalisedUpTo);
  }

  /** The normaliser that was stored is of the time when there were short flights alone. */
  Flights withStaleNormaliser() {
    return new Flights(carriers, hours, distances, late, SHORT);
  }

  Flights withFlippedClass() {
    boolean[] flipped = new boolean[ROWS];
    for (int row = 0; row < ROWS; row++) {
      flipped[row] = !late[row];
    }
    return new Flights(carriers, hours, distances, flipped, normalisedUpTo);
  }

  Flights withFlippedClassOf(String carrier) {
    boolean[] flipped = late.clone();
    for (int row = 0; row < ROWS; row++) {
      flipped[row] ^= Traffic.CARRIERS.get(carriers[row]).equals(carrier);
    }
    return new Flights(carriers, hours, distances, flipped, normalisedUpTo);
  }

  TrainedVersion learn() {
    Table table = table(LONGEST);
    return TrainedVersion.of(table, late, fit(table), fit(table(normalisedUpTo)));
  }

  private static Features fit(Table table) {
    return Features.fit(
        List.of(
            Feature.categorical("carrier"), Feature.numeric("hour"), Feature.numeric("distance")),
        table);
  }

  private Table table(double longest) {
    int[] rows = IntStream.range(0, ROWS).filter(row -> distances[row] <= longest).toArray();
    return new Table(
        rows.length,
        List.of(
            new Table.Texts(
                "carrier",
                IntStream.of(rows).map(row -> carriers[row]).toArray(),
                Traffic.CARRIERS,
                new BitSet()),
            doubles("hour", hours, rows),
            doubles("distance", distances, rows)));
  }

  private static Table.Column doubles(String name, double[] values, int[] rows) {
    return new Table.Doubles(
        name, IntStream.of(rows).mapToDouble(row -> values[row]).toArray(), new BitSet());
  }
}
