package dev.firstday.cli.demo;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a trainer's log says of its progress.
 *
 * @param epoch the last one that ended, counted from 1
 * @param of how many there are at most
 * @param words the whole line, from the epoch on, but for the bar: the reader draws one
 */
record TrainingLog(int epoch, int of, String words) {
  private static final Pattern EPOCH = Pattern.compile("epoch (\\d+)(?:/| of )(\\d+).*");

  static Optional<TrainingLog> last(String log) {
    Optional<TrainingLog> last = Optional.empty();
    Matcher matcher = EPOCH.matcher(log);
    while (matcher.find()) {
      last =
          Optional.of(
              new TrainingLog(
                  Integer.parseInt(matcher.group(1)),
                  Integer.parseInt(matcher.group(2)),
                  matcher.group().replaceFirst("\\[[#.]*] ", "")));
    }
    return last;
  }
}
