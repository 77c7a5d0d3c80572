package dev.firstday.trainer.snapshot;

import dev.firstday.sdk.data.DatasetManifest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version's name for people, in the meaning that <a
 * href="https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html">Croissant</a> gives to
 * semantic versions: a major one edits, removes or moves rows of the version before, a minor one
 * only adds some, a patch has the same.
 */
record Tag(int major, int minor, int patch) {
  static final Tag FIRST = new Tag(1, 0, 0);
  private static final Pattern FORM = Pattern.compile("(\\d{1,8})\\.(\\d{1,8})\\.(\\d{1,8})");

  /** How a version differs from the one before. */
  enum Change {
    SAME_ROWS,
    MORE_ROWS,
    OTHER_ROWS;

    /** What two manifests tell; nothing when the rows have to be compared. */
    static Optional<Change> of(DatasetManifest before, DatasetManifest now) {
      if (!shape(before).equals(shape(now))) {
        return Optional.of(OTHER_ROWS);
      }
      if (before.fingerprint().equals(now.fingerprint())) {
        return Optional.of(SAME_ROWS);
      }
      return now.rows() > before.rows() ? Optional.empty() : Optional.of(OTHER_ROWS);
    }

    private static List<String> shape(DatasetManifest manifest) {
      return manifest.columns().stream().map(c -> c.name() + " " + c.type()).toList();
    }
  }

  /** The tag that a text says; the first one, when it says none. */
  static Tag parse(String text) {
    Matcher form = FORM.matcher(String.valueOf(text));
    return form.matches()
        ? new Tag(
            Integer.parseInt(form.group(1)),
            Integer.parseInt(form.group(2)),
            Integer.parseInt(form.group(3)))
        : FIRST;
  }

  Tag after(Change change) {
    return switch (change) {
      case SAME_ROWS -> new Tag(major, minor, patch + 1);
      case MORE_ROWS -> new Tag(major, minor + 1, 0);
      case OTHER_ROWS -> new Tag(major + 1, 0, 0);
    };
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
