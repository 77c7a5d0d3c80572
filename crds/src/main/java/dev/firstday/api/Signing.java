package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Who is to have signed the versions of a model, and what becomes of one that nobody has. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.mode == 'ignore' || has(self.publicKeys) && size(self.publicKeys) > 0",
    message = "signatures are verified with publicKeys: give one at least")
@ValidationRule(
    value =
        "!has(self.publicKeys) || self.publicKeys.all(a, self.publicKeys.exists_one(b, a.name =="
            + " b.name))",
    message = "each of publicKeys has a name of its own")
public record Signing(
    @Required
        @JsonPropertyDescription(
            "require: a version without a signature by one of publicKeys is loaded by no server. warn: it is, and the"
                + " Model says Degraded. ignore: nobody looks.")
        Mode mode,
    @Size(max = 8)
        @JsonPropertyDescription("The keys with which versions may be signed; one is enough.")
        List<PublicKey> publicKeys) {

  /** What is said where no spec says anything. */
  public static final Signing NONE = new Signing(Mode.IGNORE, null);

  /** What becomes of a version that is not signed. YAML takes an unquoted off for false. */
  public enum Mode {
    @JsonProperty("require")
    REQUIRE,
    @JsonProperty("warn")
    WARN,
    @JsonProperty("ignore")
    IGNORE
  }

  /** A key to verify signatures with. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record PublicKey(
      @Required
          @Size(max = 40)
          @Pattern(Firstday.NAME_PATTERN)
          @JsonPropertyDescription("What statuses and messages call it, as release-team.")
          String name,
      @Required
          @Size(max = 1000)
          @Pattern(
              "^\\s*-----BEGIN PUBLIC KEY-----\\s[A-Za-z0-9+/=\\s]+-----END PUBLIC KEY-----\\s*$")
          @JsonPropertyDescription(
              "The public half of a key of the curve P-256, P-384 or P-521, in PEM, as openssl ec -pubout writes it.")
          String pem) {}

  /** Whether anybody looks at signatures. */
  @JsonIgnore
  public boolean isOn() {
    return mode != Mode.IGNORE;
  }
}
