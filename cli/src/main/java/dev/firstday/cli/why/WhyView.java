package dev.firstday.cli.why;

import dev.firstday.cli.terminal.Page;
import dev.firstday.cli.terminal.Style;
import dev.firstday.cli.terminal.Style.Paint;
import dev.firstday.cli.terminal.Table;
import dev.firstday.cli.terminal.Table.Cell;
import dev.firstday.cli.terminal.Words;
import dev.firstday.cli.why.Link.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The chain in sentences, the link that stopped it, and what to do. */
final class WhyView {
  private static final String INDENT = "  ";
  private static final String FURTHER = "    ";

  private WhyView() {}

  static List<String> lines(Chain chain, Instant now, Style style) {
    Optional<Link> culprit = chain.culprit();
    Page page = new Page(answer(chain, culprit, style), style);
    page.section("The chain, from its end", links(chain, style));
    Stream.concat(culprit.stream(), chain.others().stream())
        .forEach(link -> page.section(headline(link, now), story(link, style)));
    return page.lines();
  }

  /** The time is that of the state: its reason may have become another one since. */
  private static String headline(Link link, Instant now) {
    String since = link.since() == null ? "" : ", since " + Words.time(link.since(), now);
    return "%s %s%s".formatted(link.title(), link.verdict(), since);
  }

  /** In one sentence: whether anything stops what was asked for. */
  private static List<String> answer(Chain chain, Optional<Link> culprit, Style style) {
    Link asked = chain.asked();
    String title = style.paint(Paint.STRONG, asked.title());
    if (culprit.isEmpty()) {
      return List.of(title + " has what its spec asks for, and so has all that it comes from.");
    }
    Link link = culprit.get();
    if (link.equals(asked)) {
      return List.of("%s %s.".formatted(title, link.verdict()));
    }
    return List.of(
        asked.state() == State.GOOD
            ? "%s has what its spec asks for. Of what it comes from, %s %s."
                .formatted(title, link.title(), link.verdict())
            : "%s %s: %s %s.".formatted(title, asked.verdict(), link.title(), link.verdict()));
  }

  private static List<String> links(Chain chain, Style style) {
    Table table = new Table();
    for (Link link : chain.links()) {
      table.row(
          mark(link.state()),
          Cell.of(link.title()),
          Cell.of(link.reason(), Paint.FAINT),
          Cell.of(Words.cutAtWord(firstSentence(Words.plain(link.says())), 80)));
    }
    return table.lines(style);
  }

  private static Cell mark(State state) {
    return switch (state) {
      case GOOD -> Cell.of("good", Paint.GOOD);
      case COMPLAINS -> Cell.of("wrong", Paint.WARNING);
      case WAITS -> Cell.of("waits", Paint.WARNING);
      case PAUSED -> Cell.of("paused", Paint.WARNING);
      case STOPPED -> Cell.of("stopped", Paint.BAD);
      case MISSING -> Cell.of("missing", Paint.BAD);
    };
  }

  private static String firstSentence(String text) {
    return text.lines().findFirst().orElse("").split("(?<=[^.])[.;] ", 2)[0];
  }

  private static List<String> story(Link link, Style style) {
    List<String> lines = new ArrayList<>();
    if (link.since() != null) {
      lines.add(style.paint(Paint.FAINT, INDENT + link.reason()));
    }
    link.says().lines().forEach(line -> lines.addAll(Words.wrap(INDENT, Words.plain(line))));
    link.details().forEach(detail -> lines.addAll(Words.wrap(FURTHER, Words.plain(detail))));
    lines.add(INDENT + "More: " + link.look());
    return lines;
  }
}
