package dev.firstday.cli.cluster;

import picocli.CommandLine.Option;

/** {@code --help} of commands whose own {@code --version} is that of a model. */
public final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean help;
}
