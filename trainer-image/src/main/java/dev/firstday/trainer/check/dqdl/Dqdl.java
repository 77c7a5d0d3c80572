package dev.firstday.trainer.check.dqdl;

import dev.firstday.api.DatasetCheck;
import dev.firstday.contract.RunResult.Cure;
import dev.firstday.sdk.RunFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.glue.dqdl.exception.InvalidDataQualityRulesetException;
import software.amazon.glue.dqdl.model.DQRule;
import software.amazon.glue.dqdl.model.DQRuleLogicalOperator;
import software.amazon.glue.dqdl.model.DQRuleset;
import software.amazon.glue.dqdl.parser.DQDLParser;

/**
 * Reads the Data Quality Definition Language of AWS Glue, with its meaning: ratios from 0 to 1, a
 * range without its ends, a missing value that fails what is said of values. Conditions and queries
 * are DuckDB's.
 *
 * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/dqdl.html">The language</a>
 */
public final class Dqdl {
  private static final int LONGEST_NAME = 63;
  private static final String COMPOSITE = "Composite";

  private Dqdl() {}

  /**
   * The checks that the rules stand for; a rule may need several. Each is named as its rule is
   * written.
   *
   * @param text {@code Rules = [ IsComplete "id", RowCount > 1000 ]}
   * @throws RunFailure InvalidCheck, when it is none, or a rule has no counterpart; the message
   *     names the rule and what to write instead
   */
  public static List<DatasetCheck> parse(String text) {
    DQRuleset ruleset;
    try {
      ruleset = new DQDLParser().parse(text);
    } catch (InvalidDataQualityRulesetException e) {
      throw new RunFailure(
          "InvalidCheck", "spec.dqdl: " + e.getMessage().strip(), Cure.FIX_SPEC, e);
    }
    if (ruleset.getAnalyzers() != null && !ruleset.getAnalyzers().isEmpty()) {
      throw new RunFailure(
          "InvalidCheck",
          "spec.dqdl: Analyzers judge nothing; leave them out, and say in Rules what must be true",
          Cure.FIX_SPEC);
    }
    List<Named> checks = new ArrayList<>();
    int number = 0;
    for (DQRule rule : ruleset.getRules()) {
      number++;
      add(rule, number, checks);
    }
    return named(checks);
  }

  private static void add(DQRule parsed, int number, List<Named> checks) {
    Rule rule = new Rule(parsed, number);
    if (!parsed.getRuleType().equals(COMPOSITE)) {
      for (Draft draft : Translation.of(rule)) {
        checks.add(new Named(rule.text(), draft));
      }
      return;
    }
    if (parsed.getOperator() != DQRuleLogicalOperator.AND) {
      throw rule.failure(
          "or cannot be said of checks, which all have to pass",
          "a check of metric sql that counts the rows for which neither is true");
    }
    parsed.getNestedRules().forEach(nested -> add(nested, number, checks));
  }

  private static List<DatasetCheck> named(List<Named> checks) {
    Set<String> taken = new HashSet<>();
    List<DatasetCheck> named = new ArrayList<>();
    for (Named check : checks) {
      String name = cut(check.rule(), "");
      for (int i = 2; !taken.add(name); i++) {
        name = cut(check.rule(), " #" + i);
      }
      named.add(check.draft().named(name));
    }
    return named;
  }

  private static String cut(String text, String end) {
    return text.substring(0, Math.min(text.length(), LONGEST_NAME - end.length())) + end;
  }

  private record Named(String rule, Draft draft) {}
}
