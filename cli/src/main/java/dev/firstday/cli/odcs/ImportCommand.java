package dev.firstday.cli.odcs;

import picocli.CommandLine.Command;

/** {@code firstday import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "FORMAT",
    subcommands = OdcsCommand.class,
    description = "Prints as a resource what was written for other tools.")
public final class ImportCommand {}
