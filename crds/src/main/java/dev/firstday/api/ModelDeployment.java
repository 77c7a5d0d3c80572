package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * A model version that answers requests. The class is not called Deployment, since apps/v1 has one
 * too.
 */
@JsonClassDescription(
    "A version of a Model that answers requests, and how the next one takes over.")
@Group(Firstday.GROUP)
@Version(Firstday.VERSION)
@Kind("Deployment")
@Singular("modeldeployment")
@Plural("modeldeployments")
@ShortNames("mdep")
@Categories(Firstday.CATEGORY)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(
    name = "Stable",
    jsonPath = ".status.stable.number",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Candidate",
    jsonPath = ".status.candidate.number",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Weight",
    jsonPath = ".status.candidate.weight",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Chain", jsonPath = ".status.chain.summary")
@AdditionalPrinterColumn(name = "Endpoint", jsonPath = ".status.endpoint")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class ModelDeployment
    extends CustomResource<ModelDeploymentSpec, ModelDeploymentStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  @JsonPropertyDescription("Which version answers, in how many pods, and how a new one takes over.")
  public ModelDeploymentSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("What answers, how far a rollout is, and what was rolled back and why.")
  public ModelDeploymentStatus getStatus() {
    return super.getStatus();
  }
}
