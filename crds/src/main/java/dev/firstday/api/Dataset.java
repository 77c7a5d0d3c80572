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

/** A versioned, checked table with a training and a validation split. */
@JsonClassDescription("A versioned, checked table with a training and a validation split.")
@Group(Firstday.GROUP)
@Version(Firstday.VERSION)
@Plural("datasets")
@ShortNames("dset")
@Categories(Firstday.CATEGORY)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(
    name = "Version",
    jsonPath = ".status.latest.number",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Tag", jsonPath = ".status.latest.tag")
@AdditionalPrinterColumn(
    name = "Train-Rows",
    jsonPath = ".status.latest.trainRows",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Validation-Rows",
    jsonPath = ".status.latest.validationRows",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Checks", jsonPath = ".status.checks.summary")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    priority = 1)
@AdditionalPrinterColumn(name = "Next-Refresh", jsonPath = ".status.refresh.nextAt", priority = 1)
@AdditionalPrinterColumn(name = "Digest", jsonPath = ".status.latest.digest", priority = 1)
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    priority = 1)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class Dataset extends CustomResource<DatasetSpec, DatasetStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  @Required
  @JsonPropertyDescription(
      "Where the rows come from, what they must look like, and how they are divided.")
  public DatasetSpec getSpec() {
    return super.getSpec();
  }

  @Override
  @JsonPropertyDescription("What became of it: the versions, the checks, and the run under way.")
  public DatasetStatus getStatus() {
    return super.getStatus();
  }
}
