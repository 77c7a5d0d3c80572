package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Scores its namespace against the nine points of the ML Joel test (Macháček, 2018). It has no
 * spec: its name is all that a person says.
 */
@JsonClassDescription(
    "How ready its namespace is for machine learning in production: the nine points of the ML Joel test, each with"
        + " its evidence and what to do next. It needs nothing but a name.")
@Group(Firstday.GROUP)
@Version(Firstday.VERSION)
@Plural("readinesstests")
@ShortNames("rdy")
@Categories(Firstday.CATEGORY)
@AdditionalPrinterColumn(name = "Passed", jsonPath = ".status.summary")
@AdditionalPrinterColumn(
    name = "Partly",
    jsonPath = ".status.partial",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Failed",
    jsonPath = ".status.failed",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Next", jsonPath = ".status.next", priority = 1)
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public final class ReadinessTest extends CustomResource<Void, ReadinessTestStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  @JsonPropertyDescription("How the namespace scores.")
  public ReadinessTestStatus getStatus() {
    return super.getStatus();
  }
}
