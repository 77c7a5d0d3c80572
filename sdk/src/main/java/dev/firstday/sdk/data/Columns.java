package dev.firstday.sdk.data;

import java.util.List;
import java.util.function.ObjIntConsumer;

/** Rows by columns, of which no more need to be in memory than are asked for. */
public interface Columns {
  /** How many. */
  int rows();

  /**
   * All values of the column of that name.
   *
   * @throws IllegalArgumentException when there is none; the message lists those there are
   */
  Table.Column column(String name);

  /**
   * Gives all rows in their order, some at a time.
   *
   * @param names of the columns that are wanted
   * @param reader gets a table of at least these columns, and the number of its first row
   */
  void read(List<String> names, ObjIntConsumer<Table> reader);
}
