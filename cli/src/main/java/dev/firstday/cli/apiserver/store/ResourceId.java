package dev.firstday.cli.apiserver.store;

/**
 * A kind of thing, whatever the version it is spoken of in.
 *
 * @param group {@code ""} for the core group
 * @param plural such as {@code pods}
 */
public record ResourceId(String group, String plural) {

  /** As in messages: {@code pods}, {@code jobs.batch}. */
  @Override
  public String toString() {
    return group.isEmpty() ? plural : plural + "." + group;
  }
}
