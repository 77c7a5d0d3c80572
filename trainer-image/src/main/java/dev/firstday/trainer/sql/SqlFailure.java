package dev.firstday.trainer.sql;

import java.sql.SQLException;

/** DuckDB refused or failed; the message is its own, with the place it points to. */
public final class SqlFailure extends RuntimeException {
  private static final String WRAPPING =
      "Invalid Input Error: Attempting to execute an unsuccessful or closed pending query"
          + " result\nError: ";

  SqlFailure(SQLException cause) {
    super(words(cause), cause);
  }

  /** The message without the place in SQL that is ours, and without options that a user has not. */
  public String withoutAdvice() {
    return getMessage().split("\\n(LINE [0-9]+:|Possible )", 2)[0].strip();
  }

  /** Whether memory_limit and the temporary directory were not enough. */
  public boolean outOfMemory() {
    return getMessage().startsWith("Out of Memory Error");
  }

  /** Whether names or types are not those of the tables. */
  public boolean doesNotFit() {
    return getMessage().startsWith("Binder Error");
  }

  private static String words(SQLException cause) {
    String message = String.valueOf(cause.getMessage()).strip();
    return message.startsWith(WRAPPING) ? message.substring(WRAPPING.length()) : message;
  }
}
