package dev.firstday.server.route;

import dev.firstday.api.GoldenCase;
import dev.firstday.api.GoldenResults;
import dev.firstday.api.GoldenResults.Fault;
import dev.firstday.contract.Contract;
import dev.firstday.contract.Routes;
import dev.firstday.server.http.Call;
import dev.firstday.server.route.CaseAnswer.Kind;
import dev.firstday.server.v2.Encoded;
import dev.firstday.server.v2.ModelMetadata;
import dev.firstday.server.v2.ProtocolException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The Model's golden cases, each held against what it expects: of the candidate, and of stable too
 * where that says who is at fault. One object is one run of one list of cases.
 */
final class GoldenCases implements OwnRequests {
  private static final String ID_PREFIX = "golden-case-";

  private final List<GoldenCase> cases;
  private final Map<String, GoldenCase> byId;
  private final ModelMetadata version;
  private final Map<String, Double> stableNumbers = new HashMap<>();
  private final Map<String, Double> candidateNumbers = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private int passed;
  private boolean done;

  /**
   * @param version what the version that answers are compared with says of itself
   */
  GoldenCases(List<GoldenCase> cases, ModelMetadata version) {
    this.cases = List.copyOf(cases);
    this.byId =
        cases.stream().collect(Collectors.toMap(c -> ID_PREFIX + c.name(), Function.identity()));
    this.version = version;
  }

  boolean areOf(Routes current) {
    return cases.equals(current.golden());
  }

  @Override
  public Source source() {
    return Source.CASES;
  }

  @Override
  public boolean isWanted(Routes current) {
    return areOf(current);
  }

  @Override
  public int warmUps() {
    return 0;
  }

  @Override
  public int attempts() {
    return GoldenRequests.ATTEMPTS;
  }

  @Override
  public Future<List<Call>> fetch(Routes current) {
    return Future.succeededFuture(cases.stream().map(c -> call(current.model(), c)).toList());
  }

  private static Call call(String model, GoldenCase one) {
    return new Call(
        ID_PREFIX + one.name(), model, null, null, Encoded.JSON, null, Buffer.buffer(body(one)));
  }

  /** The request that a case is. */
  static byte[] body(GoldenCase one) {
    return Contract.write(Map.of("instances", List.of(one.inputs())))
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Where both versions answer as expected they are compared like any others. Else the case has
   * said what there is to say.
   */
  @Override
  public synchronized Reading read(Call call, Outcome stable, Outcome candidate) {
    GoldenCase one = byId.get(call.id());
    CaseJudge judge = CaseJudge.of(version, one.expect());
    CaseAnswer given = judge.judge(candidate, candidateNumbers);
    CaseAnswer reference = stable == null ? null : judge.judge(stable, stableNumbers);
    if (given.is(Kind.SILENT) && (reference == null || reference.is(Kind.SILENT))) {
      throw unanswered(one, given);
    }
    if (given.is(Kind.UNFIT) && reference != null && reference.is(Kind.SILENT)) {
      throw unanswered(one, reference);
    }
    candidateNumbers.put(one.name(), given.number());
    if (reference != null) {
      stableNumbers.put(one.name(), reference.number());
    }
    if (given.is(Kind.MET)) {
      passed++;
      return new Reading(reference == null || reference.is(Kind.MET), true);
    }
    boolean invalid = given.is(Kind.UNFIT) && (reference == null || reference.is(Kind.UNFIT));
    boolean both = reference != null && !reference.is(Kind.MET);
    faults.add(
        new Fault(
            one.name(),
            invalid,
            judge.words(),
            given.words(),
            both ? reference.wordsAfter(given) : null));
    return new Reading(false, true);
  }

  private static ProtocolException unanswered(GoldenCase one, CaseAnswer silence) {
    return ProtocolException.unavailable("%s: %s".formatted(one.name(), silence.words()));
  }

  @Override
  public synchronized void through() {
    done = true;
  }

  synchronized GoldenResults results() {
    return new GoldenResults(
        done,
        cases.size(),
        passed,
        faults.size(),
        faults.subList(0, Math.min(GoldenResults.FAULTS, faults.size())));
  }
}
