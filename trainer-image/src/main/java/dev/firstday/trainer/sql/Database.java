package dev.firstday.trainer.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;

/** DuckDB in memory, in this process. Failures are {@link SqlFailure}s. */
public final class Database implements AutoCloseable {
  private final Connection connection;

  private Database(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param temporary where DuckDB puts what does not fit into memory
   */
  public static Database open(SqlResources resources, Path temporary) {
    Database database = open();
    database.execute("SET temp_directory = " + Sql.text(temporary.toString()));
    database.execute("SET memory_limit = '" + resources.memoryBytes() + "B'");
    database.execute("SET threads = " + resources.threads());
    database.execute("SET TimeZone = 'UTC'");
    return database;
  }

  /** With all defaults: for reading files that Firstday wrote. */
  public static Database open() {
    try {
      return new Database(DriverManager.getConnection("jdbc:duckdb:"));
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /**
   * From here on SQL of others may run: it reaches the files of one directory and nothing else of
   * this machine, and cannot undo that. One thread, since the order of additions shows in the last
   * digits of sums and averages, and equal inputs are to give equal bytes.
   */
  public void lock(Path directory) {
    execute("SET threads = 1");
    lockWithAllThreads(directory);
  }

  /** As the other, for SQL whose result is not kept byte by byte, as that of checks. */
  public void lockWithAllThreads(Path directory) {
    execute("SET allowed_directories = [" + Sql.text(directory.toString()) + "]");
    lock();
  }

  /** From here on SQL of others may run, and reaches no file at all. */
  public void lock() {
    execute("SET enable_external_access = false");
    execute("SET lock_configuration = true");
  }

  public void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** The columns that a query gives and the parameters it wants, without running it. */
  public Description describe(String query) {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      var result = statement.getMetaData();
      List<String> names = new ArrayList<>();
      List<String> types = new ArrayList<>();
      for (int i = 1; result != null && i <= result.getColumnCount(); i++) {
        names.add(result.getColumnName(i));
        types.add(result.getColumnTypeName(i));
      }
      return new Description(names, types, statement.getParameterMetaData().getParameterCount());
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** Rows, value by value, as JDBC has them. */
  public List<List<Object>> query(String query) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<List<Object>> rows = new ArrayList<>();
      int width = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<Object> row = new ArrayList<>(width);
        for (int i = 1; i <= width; i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** The one row of an aggregate. */
  public List<Object> queryRow(String query) {
    return query(query).get(0);
  }

  /** The one value of an aggregate that counts. */
  public long queryCount(String query) {
    return ((Number) queryRow(query).get(0)).longValue();
  }

  /** Gives the result piece by piece, each column a vector; a chunk is valid during the call. */
  public void readChunks(String query, Consumer<DuckDBDataChunkReader> reader) {
    try (PreparedStatement statement = connection.prepareStatement(query);
        DuckDBChunkedResult result = statement.unwrap(DuckDBPreparedStatement.class).query()) {
      while (result.nextChunk()) {
        reader.accept(result.chunk());
      }
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** What a query gives and wants. */
  public record Description(List<String> names, List<String> types, int parameters) {}
}
