package dev.firstday.trainer.check;

import dev.firstday.api.DatasetCheck;
import dev.firstday.contract.Names;
import dev.firstday.sdk.RunFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What reports call checks. A name that was given stays as it is, and no other check may have it;
 * one that is made, as {@code nullValues(size)}, gets a number when it is taken: {@code
 * nullValues(size) 2}.
 */
final class CheckNames {
  private CheckNames() {}

  /**
   * @param checks in their order; those without a name get one
   * @throws RunFailure InvalidCheck, when two were given the same
   */
  static List<String> of(List<DatasetCheck> checks) {
    Set<String> taken = new HashSet<>();
    for (DatasetCheck check : checks) {
      if (check.name() != null && !taken.add(check.name())) {
        throw CheckFailures.invalidCheck(
            check.name(), "another check has this name, too: give each a name of its own");
      }
    }
    List<String> names = new ArrayList<>();
    for (DatasetCheck check : checks) {
      String name = check.name();
      if (name == null) {
        String made = made(check);
        name = made;
        for (int i = 2; !taken.add(name); i++) {
          name = made + " " + i;
        }
      }
      names.add(name);
    }
    return names;
  }

  private static String made(DatasetCheck check) {
    if (check.metric() == null) {
      return "without a metric";
    }
    String metric = check.metric().word();
    if (check.arguments() != null && check.arguments().of() != null) {
      metric += " of " + check.arguments().of().word();
    }
    List<String> columns = CheckShape.columns(check);
    return columns.isEmpty()
        ? metric
        : metric + "(" + Names.list(columns.stream().map(String::valueOf).toList()) + ")";
  }
}
