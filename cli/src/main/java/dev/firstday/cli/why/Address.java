package dev.firstday.cli.why;

import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.contract.Names;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A resource, as people name it: {@code deployment/late-arrival}, {@code mdep late-arrival}. */
record Address(Kind kind, String name) {

  /** The kinds that have a chain, with what kubectl calls them. */
  enum Kind {
    DEPLOYMENT(
        "Deployment",
        "deployment",
        "deployments",
        "deploy",
        "modeldeployment",
        "modeldeployments",
        "mdep"),
    MODEL("Model", "model", "models", "mdl"),
    TRAINING_JOB("TrainingJob", "trainingjob", "trainingjobs", "tj", "training"),
    DATASET("Dataset", "dataset", "datasets", "dset");

    private final String word;
    private final List<String> names;

    Kind(String word, String... names) {
      this.word = word;
      this.names = List.of(names);
    }

    String word() {
      return word;
    }
  }

  /**
   * @param parts KIND/NAME, or KIND and NAME
   * @throws CommandFailure when it is neither, or no such kind has a chain
   */
  static Address of(List<String> parts) throws CommandFailure {
    List<String> words =
        parts.size() == 1 ? List.of(parts.get(0).split("/", 2)) : List.copyOf(parts);
    if (words.size() != 2 || words.get(1).isEmpty()) {
      throw new CommandFailure(
          "name one resource, as deployment/late-arrival; kinds are deployment, model, trainingjob, dataset");
    }
    // kubectl prints deployment.firstday.dev/late-arrival
    String kind = words.get(0).toLowerCase(Locale.ROOT).replaceFirst("[.].*$", "");
    return Stream.of(Kind.values())
        .filter(known -> known.names.contains(kind))
        .findFirst()
        .map(known -> new Address(known, words.get(1)))
        .orElseThrow(
            () ->
                new CommandFailure(
                    "%s is no kind that comes from others%s; there are deployment (mdep), model (mdl), trainingjob (tj) and dataset (dset)"
                        .formatted(
                            words.get(0),
                            Names.hint(
                                kind,
                                Stream.of(Kind.values())
                                    .flatMap(known -> known.names.stream())
                                    .toList()))));
  }
}
