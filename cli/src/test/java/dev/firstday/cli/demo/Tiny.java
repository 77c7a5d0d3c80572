package dev.firstday.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** An example whose model trains in a second: points, of which a sum has a sign. */
final class Tiny {
  private static final int ROWS = 2000;

  private Tiny() {}

  /** Writes the example: {@code resources.yaml} and {@code data/points-1.csv}. */
  static void write(Path directory) throws IOException {
    write("tiny", directory);
  }

  /**
   * Writes an example about the same points.
   *
   * @param resources the folder with its {@code resources.yaml}
   */
  static void write(String resources, Path directory) throws IOException {
    Files.copy(
        Path.of("src", "test", "resources", resources, "resources.yaml"),
        directory.resolve("resources.yaml"));
    Files.createDirectory(directory.resolve("data"));
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("id,x,colour\n");
    for (int i = 0; i < ROWS; i++) {
      csv.append(i).append(',').append(random.nextGaussian() * 2);
      csv.append(random.nextBoolean() ? ",red\n" : ",blue\n");
    }
    Files.writeString(points(directory), csv);
  }

  static Path points(Path directory) {
    return directory.resolve("data/points-1.csv");
  }
}
