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

/**
 * A training run: one generation of the spec is one run that ends with a model version or with the
 * gate that refused it.
 */
@JsonClassDescription(
    "A training run: one generation of the spec is one run, which ends with a version of a Model or with the gate that refused it.")
@Group(Firstday.GROUP)
@Version(Firstday.VERSION)
@Plural("trainingjobs")
@ShortNames("tj")
@Categories(Firstday.CATEGORY)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Progress", jsonPath = ".status.progress.summary")
@AdditionalPrinterColumn(name = "Dataset", jsonPath = ".status.chain.dataset")
@AdditionalPrinterColumn(name = "Model", jsonPath = ".status.chain.model")
@AdditionalPrinterColumn(name = "Metric", jsonPath = ".status.result.headline")
@AdditionalPrinterColumn(name = "Baseline", jsonPath = ".status.result.baselineHeadline")
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
public final class TrainingJob extends CustomResource<TrainingJobSpec, TrainingJobStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  @JsonPropertyDescription(
      "What is trained, on what, and when the result is good enough to be recorded.")
  public TrainingJobSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription(
      "What became of it: the run, its metrics beside those of the best constant, the version.")
  public TrainingJobStatus getStatus() {
    return super.getStatus();
  }
}
