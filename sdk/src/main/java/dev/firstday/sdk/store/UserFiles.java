package dev.firstday.sdk.store;

import dev.firstday.sdk.store.StoreException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Files that users uploaded, by URI: {@code s3://bucket/key}, or a key below the namespace's {@code
 * files/}. The part after the last slash may hold the wildcards {@code *} and {@code ?}.
 */
public final class UserFiles {
  private final S3Access access;
  private final String prefix;

  UserFiles(S3Access access, String root) {
    this.access = access;
    this.prefix = root + "files/";
  }

  /**
   * The files that a URI means, ordered by key; never none.
   *
   * @throws StoreException INVALID_URI, OBJECT_NOT_FOUND when nothing matches, or what S3 answers
   */
  public List<RemoteFile> list(String uri) {
    Location location = locate(uri);
    if (!location.isPattern()) {
      return List.of(
          access
              .head(location.bucket(), location.key())
              .orElseThrow(() -> notFound(uri, location, "there is no file ")));
    }
    Pattern pattern = location.pattern();
    List<RemoteFile> files =
        access.list(location.bucket(), location.fixedPrefix()).stream()
            .filter(f -> pattern.matcher(f.key()).matches())
            .toList();
    if (files.isEmpty()) {
      throw notFound(uri, location, "no file matches ");
    }
    return files;
  }

  /**
   * A copy of the file as {@code directory/name}, complete when it appears.
   *
   * @throws StoreException OBJECT_NOT_FOUND, or what S3 answers
   */
  public LocalFile fetch(RemoteFile file, Path directory, String name) {
    return Downloads.download(access, file.bucket(), file.key(), directory, name);
  }

  /**
   * Uploads a file, unless what is there is the same by size and ETag.
   *
   * @param key below the namespace's {@code files/}
   * @return whether anything was sent
   */
  public boolean put(String key, Path file) {
    Location location = locate(key);
    if (location.isPattern()) {
      throw invalid(key, "a file's own name holds no wildcards");
    }
    try {
      long bytes = Files.size(file);
      String md5 = Digests.md5(file);
      boolean there =
          access
              .head(location.bucket(), location.key())
              .filter(f -> f.bytes() == bytes && md5.equals(f.etag().replace("\"", "")))
              .isPresent();
      if (!there) {
        access.put(location.bucket(), location.key(), RequestBody.fromFile(file));
      }
      return !there;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private Location locate(String uri) {
    Location location;
    if (uri.startsWith("s3://")) {
      String rest = uri.substring("s3://".length());
      int slash = rest.indexOf('/');
      location =
          slash < 0
              ? new Location(rest, "")
              : new Location(rest.substring(0, slash), rest.substring(slash + 1));
    } else if (uri.contains("://") || uri.startsWith("/")) {
      throw invalid(uri, "neither s3://bucket/key nor a key below the namespace's files/");
    } else {
      location = new Location(access.settings().bucket(), prefix + uri);
    }
    if (location.bucket().isEmpty() || location.key().isEmpty() || location.key().endsWith("/")) {
      throw invalid(uri, "it names no file; all files of a folder are folder/*");
    }
    if (location.bucket().matches(".*[*?].*") || location.folder().matches(".*[*?].*")) {
      throw invalid(uri, "wildcards are for the part after the last slash");
    }
    if (Pattern.compile("(^|/)\\.{1,2}(/|$)").matcher(location.key()).find()) {
      throw invalid(uri, ". and .. are no folders of S3");
    }
    return location;
  }

  private static StoreException invalid(String uri, String why) {
    return new StoreException(Reason.INVALID_URI, "the uri '" + uri + "' is wrong: " + why);
  }

  private StoreException notFound(String uri, Location location, String what) {
    String place = "s3://" + location.bucket() + "/" + location.key();
    return new StoreException(
        Reason.OBJECT_NOT_FOUND,
        what
            + place
            + " (uri '"
            + uri
            + "') at "
            + access.settings().endpointName()
            + ": upload it, for instance with aws s3 cp FILE s3://"
            + location.bucket()
            + "/"
            + location.folder()
            + (access.settings().endpoint().isEmpty()
                ? ""
                : " --endpoint-url " + access.settings().endpoint()));
  }

  private record Location(String bucket, String key) {
    String folder() {
      return key.substring(0, key.lastIndexOf('/') + 1);
    }

    boolean isPattern() {
      return key.contains("*") || key.contains("?");
    }

    /** What all matches begin with. */
    String fixedPrefix() {
      return key.split("[*?]", 2)[0];
    }

    Pattern pattern() {
      StringBuilder regex = new StringBuilder();
      for (char c : key.toCharArray()) {
        switch (c) {
          case '*' -> regex.append("[^/]*");
          case '?' -> regex.append("[^/]");
          default -> regex.append(Pattern.quote(String.valueOf(c)));
        }
      }
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
  }
}
