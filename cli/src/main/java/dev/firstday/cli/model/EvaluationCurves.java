package dev.firstday.cli.model;

import dev.firstday.api.EvaluationSummary;
import dev.firstday.api.EvaluationSummary.Confusion;
import dev.firstday.api.EvaluationSummary.Loss;
import dev.firstday.cli.terminal.Plot;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The curves of a version's evaluation, drawn in text; those that it lacks are empty. */
record EvaluationCurves(EvaluationSummary evaluation) {
  List<String> roc() {
    List<Double> recalls = evaluation.recalls();
    if (recalls == null || recalls.isEmpty()) {
      return List.of();
    }
    List<Double> x =
        IntStream.rangeClosed(0, recalls.size() + 1)
            .mapToObj(i -> i / (recalls.size() + 1.0))
            .toList();
    List<Double> y =
        DoubleStream.concat(
                DoubleStream.concat(
                    DoubleStream.of(0), recalls.stream().mapToDouble(Double::doubleValue)),
                DoubleStream.of(1))
            .boxed()
            .toList();
    return Plot.of(List.of(new Plot.Line(".", x, x), new Plot.Line("*", x, y)));
  }

  List<String> precisions() {
    List<Double> precisions = evaluation.precisions();
    if (precisions == null || precisions.size() < 2) {
      return List.of();
    }
    List<Double> recalls =
        IntStream.rangeClosed(1, precisions.size())
            .mapToObj(i -> i / (double) precisions.size())
            .toList();
    Plot.Line found = new Plot.Line("*", recalls, precisions);
    return Plot.of(
        shareOfYes()
            .map(share -> new Plot.Line(".", List.of(recalls.get(0), 1.0), List.of(share, share)))
            .map(guess -> List.of(guess, found))
            .orElse(List.of(found)));
  }

  /** Of the rows, where there are two classes: the second one is the yes. */
  private Optional<Double> shareOfYes() {
    Confusion confusion = evaluation.confusion();
    if (confusion == null || confusion.rows().size() != 4) {
      return Optional.empty();
    }
    List<Integer> rows = confusion.rows();
    double yes = rows.get(2) + rows.get(3);
    return Optional.of(yes / (rows.get(0) + rows.get(1) + yes));
  }

  List<String> loss() {
    Loss loss = evaluation.loss();
    if (loss == null || loss.epochs().size() < 2) {
      return List.of();
    }
    List<Double> epochs = loss.epochs().stream().map(Integer::doubleValue).toList();
    return Plot.of(
        List.of(
            new Plot.Line(".", epochs, loss.training()),
            new Plot.Line("*", epochs, loss.validation())));
  }
}
