package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** The versions of one model that are recorded in S3. */
@JsonClassDescription("The versions of one model that are recorded in S3.")
@Group(Firstday.GROUP)
@Version(Firstday.VERSION)
@Plural("models")
@ShortNames("mdl")
@Categories(Firstday.CATEGORY)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(
    name = "Versions",
    jsonPath = ".status.versionCount",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Newest",
    jsonPath = ".status.newest.number",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Dataset", jsonPath = ".status.newest.dataset")
@AdditionalPrinterColumn(name = "Metric", jsonPath = ".status.newest.headline")
@AdditionalPrinterColumn(name = "Baseline", jsonPath = ".status.newest.baselineHeadline")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    priority = 1)
@AdditionalPrinterColumn(name = "Digest", jsonPath = ".status.newest.digest", priority = 1)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class Model extends CustomResource<ModelSpec, ModelStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  @JsonPropertyDescription(
      "How much of what is recorded is listed here, and what every version has to answer.")
  public ModelSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("What is recorded: the versions, each with what it was made from.")
  public ModelStatus getStatus() {
    return super.getStatus();
  }
}
