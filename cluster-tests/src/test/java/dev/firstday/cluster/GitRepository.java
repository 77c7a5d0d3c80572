package dev.firstday.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A Git repository in a folder, for an Argo CD that sees this machine's files. */
record GitRepository(Path folder) {
  static GitRepository create() {
    try {
      GitRepository repository = new GitRepository(Files.createTempDirectory("gitops"));
      repository.git("init", "--quiet", "--initial-branch=main");
      return repository;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return folder.toUri().toString().replaceFirst("^file:/+", "file:///").replaceFirst("/$", "");
  }

  GitRepository write(String path, String text) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @return the commit
   */
  String commit(String message) {
    git("add", "--all");
    git(
        "-c",
        "user.name=test",
        "-c",
        "user.email=test@example.com",
        "commit",
        "--quiet",
        "--message",
        message);
    return git("rev-parse", "HEAD").strip();
  }

  private String git(String... arguments) {
    var result =
        Kubectl.command(
            Stream.concat(Stream.of("git", "-C", folder.toString()), Stream.of(arguments))
                .toList());
    if (result.code() != 0) {
      throw new IllegalStateException("git %s: %s".formatted(List.of(arguments), result.output()));
    }
    return result.output();
  }
}
