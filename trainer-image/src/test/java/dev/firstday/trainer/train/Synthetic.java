package dev.firstday.trainer.train;

import dev.firstday.api.DatasetSpec.Column;
import dev.firstday.api.DatasetSpec.Role;
import dev.firstday.api.DatasetSpec.Type;
import dev.firstday.sdk.data.Table;
import dev.firstday.sdk.data.Tables;
import java.util.List;
import java.util.Random;

/** Rows whose labels follow from their features, with some noise. */
public final class Synthetic {
  public static final Column X = new Column("x", Type.DOUBLE, Role.FEATURE, null);
  public static final Column COLOUR = new Column("colour", Type.VARCHAR, Role.FEATURE, null);
  public static final Column HOUR = new Column("hour", Type.INTEGER, Role.FEATURE, null);
  public static final Column NOTE = new Column("note", Type.DOUBLE, Role.OTHER, null);
  public static final Column YES = new Column("yes", Type.BOOLEAN, Role.LABEL, null);
  public static final Column DARK = new Column("dark", Type.BOOLEAN, Role.LABEL, null);
  public static final Column KIND = new Column("kind", Type.VARCHAR, Role.LABEL, null);
  public static final Column AMOUNT = new Column("amount", Type.DOUBLE, Role.LABEL, null);
  public static final List<Column> FEATURES = List.of(X, COLOUR, HOUR);

  private static final String[] COLOURS = {"red", "green", "blue"};

  private Synthetic() {}

  /** All features and all labels. */
  public static Table table(int rows, long seed) {
    Random random = new Random(seed);
    Object[] x = new Object[rows];
    Object[] colour = new Object[rows];
    Object[] hour = new Object[rows];
    Object[] note = new Object[rows];
    Object[] yes = new Object[rows];
    Object[] dark = new Object[rows];
    Object[] kind = new Object[rows];
    Object[] amount = new Object[rows];
    for (int row = 0; row < rows; row++) {
      double number = random.nextGaussian();
      int which = random.nextInt(COLOURS.length);
      int clock = random.nextInt(24);
      double signal = 2 * number + which + Math.sin(2 * Math.PI * clock / 24);
      x[row] = random.nextInt(20) == 0 ? null : number * 10 + 100;
      colour[row] = random.nextInt(20) == 0 ? null : COLOURS[which];
      hour[row] = clock;
      note[row] = row % 100;
      yes[row] = signal + 0.3 * random.nextGaussian() > 1;
      dark[row] = clock < 6 || clock > 18 || which == 0 && number < 0;
      kind[row] = signal < 0 ? "low" : signal < 2 ? "middle" : "high";
      amount[row] = 1000 + 50 * signal;
    }
    return Tables.table()
        .with("x", Type.DOUBLE, x)
        .with("colour", Type.VARCHAR, colour)
        .with("hour", Type.INTEGER, hour)
        .with("note", Type.DOUBLE, note)
        .with("yes", Type.BOOLEAN, yes)
        .with("dark", Type.BOOLEAN, dark)
        .with("kind", Type.VARCHAR, kind)
        .with("amount", Type.DOUBLE, amount)
        .build();
  }
}
