package dev.firstday.trainer.snapshot;

import dev.firstday.contract.RunResult.Cure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;

/**
 * What the first line of a CSV file tells.
 *
 * @param columns how many
 */
record CsvHeader(char delimiter, int columns) {
  private static final int LONGEST = 1 << 20;
  private static final String DELIMITERS = ",;\t|";

  /** The header of a file whose name tells whether it is compressed. */
  static CsvHeader of(SourceTable.File file) {
    try (InputStream raw = Files.newInputStream(file.path());
        InputStream content =
            file.path().toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        var reader =
            new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8), LONGEST)) {
      char[] start = new char[LONGEST];
      int length = Math.max(0, reader.read(start));
      return of(new String(start, 0, length).lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw SnapshotFailures.invalidSource(
          "the file " + file.uri() + " cannot be read: " + e.getMessage(), Cure.FIX_DATA);
    }
  }

  /** Of , ; tab and |, the one that occurs most often outside of quotes delimits. */
  static CsvHeader of(String line) {
    String bare = line.replaceAll("\"[^\"]*\"", "");
    char best = ',';
    for (char candidate : DELIMITERS.toCharArray()) {
      if (count(bare, candidate) > count(bare, best)) {
        best = candidate;
      }
    }
    return new CsvHeader(best, count(bare, best) + 1);
  }

  private static int count(String text, char wanted) {
    return (int) text.chars().filter(c -> c == wanted).count();
  }
}
