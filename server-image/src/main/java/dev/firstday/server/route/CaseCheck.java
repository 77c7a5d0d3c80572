package dev.firstday.server.route;

import static dev.firstday.server.route.CaseAnswer.without;

import dev.firstday.api.GoldenCase;
import dev.firstday.api.GoldenResults.Fault;
import dev.firstday.server.route.CaseAnswer.Kind;
import dev.firstday.server.v2.InferRequest;
import dev.firstday.server.v2.InferResponse;
import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.ProtocolException;
import dev.firstday.server.v2.V2;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** A Model's golden cases, asked of one version before any router does. */
public final class CaseCheck {
  private CaseCheck() {}

  /**
   * The cases that it answers otherwise than expected. One that it cannot read, or answers in
   * another kind, is not among them: whether the case or the version is at fault is told where the
   * version stands beside another one, in a rollout.
   *
   * @param version what the version says of itself
   * @param ask gives its answer; a ProtocolException says that it cannot read the request
   */
  public static List<Fault> faults(
      List<GoldenCase> cases,
      ModelMetadata version,
      Function<InferRequest, CompletableFuture<InferResponse>> ask) {
    Map<String, Double> numbers = new HashMap<>();
    List<Fault> faults = new ArrayList<>();
    for (GoldenCase one : cases) {
      CaseJudge judge = CaseJudge.of(version, one.expect());
      CaseAnswer given = answer(one, judge, ask, numbers);
      if (!Double.isNaN(given.number())) {
        numbers.put(one.name(), given.number());
      }
      if (given.is(Kind.WRONG)) {
        faults.add(new Fault(one.name(), false, judge.words(), given.words(), null));
      }
    }
    return faults;
  }

  private static CaseAnswer answer(
      GoldenCase one,
      CaseJudge judge,
      Function<InferRequest, CompletableFuture<InferResponse>> ask,
      Map<String, Double> numbers) {
    try {
      InferRequest request = V2.readRequest(GoldenCases.body(one), null);
      return judge.judge(ask.apply(request).join(), numbers);
    } catch (ProtocolException e) {
      return without(Kind.UNFIT, e.getMessage());
    } catch (CompletionException e) {
      return without(Kind.WRONG, "no answer: " + e.getCause().getMessage());
    }
  }
}
