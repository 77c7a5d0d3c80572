package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What lies between callers and a deployment's predictors. Empty: its router. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Routing(
    @JsonPropertyDescription(
            "A Gateway (gateway.networking.k8s.io) shares requests out among the versions, in place of the router. It"
                + " compares no answers: a step passes by spec.rollout.checks.prometheus and by its pods alone.")
        GatewayApi gatewayAPI) {
  private static final String HOSTNAME = "^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$";
  private static final String LABEL = "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$";

  /** A Gateway, and the names by which callers reach the deployment through it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "!has(self.grpcHostnames) || self.grpcHostnames.all(name, !(name in self.hostnames))",
      message =
          "a Gateway takes either an HTTPRoute or a GRPCRoute for a name: give grpcHostnames of their own")
  public record GatewayApi(
      @Required
          @JsonPropertyDescription(
              "The Gateway. Whether it takes routes of this namespace is for its listeners to say (allowedRoutes).")
          Gateway gateway,
      @Required
          @Size(min = 1, max = 16)
          @JsonPropertyDescription(
              "DNS names by which callers reach this deployment; all requests to them are its.")
          List<@Pattern(HOSTNAME) String> hostnames,
      @Min(1)
          @Max(86400)
          @JsonPropertyDescription(
              "Seconds that a step lasts at least before its checks let the next one begin. Left out: 120, or half of"
                  + " spec.rollout.phaseDeadlineSeconds if that is less.")
          Long stepSeconds,
      @Size(min = 1, max = 16)
          @JsonPropertyDescription(
              "DNS names by which callers reach it over gRPC: they get a GRPCRoute with the same shares. None of"
                  + " hostnames: a Gateway takes one kind of route for a name. Left out: gRPC callers ask the router.")
          List<@Pattern(HOSTNAME) String> grpcHostnames) {
    /** Whether gRPC callers come by the Gateway, too. */
    public boolean hasGrpc() {
      return grpcHostnames != null && !grpcHostnames.isEmpty();
    }
  }

  /** A Gateway's listeners, all or one of them. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Gateway(
      @Required @Pattern(HOSTNAME) @JsonPropertyDescription("The Gateway's name.") String name,
      @Pattern(LABEL)
          @JsonPropertyDescription("The Gateway's namespace. Left out: the deployment's.")
          String namespace,
      @Pattern(HOSTNAME)
          @JsonPropertyDescription("One of the Gateway's listeners. Left out: all that fit.")
          String sectionName) {}
}
