package dev.firstday.cli.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Compiles CEL once and evaluates it often. Expressions see {@code self} and {@code oldSelf}. */
public final class CelEngine {
  private static final Pattern OLD_SELF = Pattern.compile("\\boldSelf\\b");

  private final Cel cel;
  private final Cel celWithOptionalOld;
  private final Map<Compilation, CelRuntime.Program> programs = new ConcurrentHashMap<>();

  private record Compilation(String expression, boolean isOldOptional) {}

  /** What an expression is asked about. */
  record Subject(Schema schema, JsonNode value, JsonNode old, boolean isOldOptional) {}

  /** What came of an expression. */
  sealed interface Verdict {}

  record Answered(Object value) implements Verdict {}

  record Failed(String cause) implements Verdict {}

  public CelEngine() {
    CelOptions options =
        CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .enableTimestampEpoch(true)
            .enableOptionalSyntax(true)
            .build();
    var builder =
        CelFactory.standardCelBuilder()
            .setOptions(options)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("self", SimpleType.DYN)
            .addCompilerLibraries(
                CelExtensions.strings(), CelExtensions.optional(), CelExtensions.sets(options))
            .addRuntimeLibraries(
                CelExtensions.strings(), CelExtensions.optional(), CelExtensions.sets(options));
    Cel base = builder.build();
    this.cel = base.toCelBuilder().addVar("oldSelf", SimpleType.DYN).build();
    this.celWithOptionalOld =
        base.toCelBuilder().addVar("oldSelf", OptionalType.create(SimpleType.DYN)).build();
  }

  static boolean mentionsOldSelf(String expression) {
    return OLD_SELF.matcher(expression).find();
  }

  /** Why the expression cannot be compiled. */
  Optional<String> problemWith(String expression) {
    try {
      cel.compile(expression).getAst();
      return Optional.empty();
    } catch (CelValidationException e) {
      return Optional.of(e.getMessage());
    }
  }

  Verdict evaluate(String expression, Subject subject) {
    try {
      CelRuntime.Program program = program(new Compilation(expression, subject.isOldOptional()));
      Map<String, Object> variables = new HashMap<>();
      variables.put("self", CelValues.of(subject.schema(), subject.value()));
      if (subject.isOldOptional()) {
        variables.put(
            "oldSelf",
            subject.old().isMissingNode()
                ? Optional.empty()
                : Optional.of(CelValues.of(subject.schema(), subject.old())));
      } else if (!subject.old().isMissingNode()) {
        variables.put("oldSelf", CelValues.of(subject.schema(), subject.old()));
      }
      return new Answered(program.eval(variables));
    } catch (CelEvaluationException | CelValidationException e) {
      return new Failed(e.getMessage());
    }
  }

  private CelRuntime.Program program(Compilation compilation)
      throws CelValidationException, CelEvaluationException {
    CelRuntime.Program known = programs.get(compilation);
    if (known != null) {
      return known;
    }
    Cel environment = compilation.isOldOptional() ? celWithOptionalOld : cel;
    CelRuntime.Program made =
        environment.createProgram(environment.compile(compilation.expression()).getAst());
    programs.put(compilation, made);
    return made;
  }
}
