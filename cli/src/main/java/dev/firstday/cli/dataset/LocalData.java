package dev.firstday.cli.dataset;

import dev.firstday.api.DatasetSpec;
import dev.firstday.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files of a folder that stand for those in S3.
 *
 * @param folder none: there are no files
 */
record LocalData(Optional<Path> folder) {

  /**
   * @param given a folder; null: {@code data/} beside the data set's file, if it is there
   * @throws CommandFailure when a folder was given that is none
   */
  static LocalData of(Path given, Path yaml) throws CommandFailure {
    if (given != null && !Files.isDirectory(given)) {
      throw new CommandFailure(given + " is no folder");
    }
    Path folder = given == null ? yaml.resolveSibling("data") : given;
    return new LocalData(Optional.of(folder).filter(Files::isDirectory));
  }

  /** The files of each table, by its name: those that the last part of its uri matches. */
  Map<String, List<Path>> files(DatasetSpec.Source source) throws IOException {
    Map<String, List<Path>> files = new LinkedHashMap<>();
    for (DatasetSpec.Files set : source.files()) {
      files.put(set.name(), folder.isEmpty() ? List.of() : list(folder.get(), set.uri()));
    }
    return files;
  }

  /** That a uri has no file here, in words. */
  String lack(String uri) {
    return "no file in %s matches %s"
            .formatted(folder.map(Path::toString).orElse("data"), name(uri))
        + (name(uri).equals(uri) ? "" : ", the last part of " + uri);
  }

  private static String name(String uri) {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  private static List<Path> list(Path folder, String uri) throws IOException {
    // only * and ? are wildcards in a uri
    String glob = "glob:" + name(uri).replaceAll("[\\\\\\[\\]{}]", "\\\\$0");
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher(glob);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> matcher.matches(file.getFileName()))
          .sorted()
          .toList();
    }
  }
}
