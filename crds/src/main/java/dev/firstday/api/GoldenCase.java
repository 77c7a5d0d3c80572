package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** A request, and what every version of a Model has to answer before callers see it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GoldenCase(
    @Required
        @Pattern(Firstday.NAME_PATTERN)
        @JsonPropertyDescription("What status and events call it.")
        String name,
    @Required
        @Size(min = 1, max = 500)
        @JsonPropertyDescription(
            "One row, as callers send it: for each column a string, a number or a boolean, or null where it is missing.")
        Map<String, JsonNode> inputs,
    @Required @JsonPropertyDescription("What has to be true of the answer: all that is said here.")
        Expectation expect) {

  /** What an answer has to be; the schema asks for one field at least. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "!has(self.min) || !has(self.max) || self.min <= self.max",
      message = "no answer can be at least min and at most max: max is smaller")
  public record Expectation(
      @JsonPropertyDescription(
              "The label: true or false, or the name of a class; of several labels true or false of some of them, by"
                  + " name. A label that is a number has min and max instead.")
          JsonNode label,
      @JsonPropertyDescription(
              "The least answer. It is the number that is predicted; or the probability of yes; or, of several"
                  + " classes, that of the class that is answered. Several labels have none.")
          Double min,
      @JsonPropertyDescription("The greatest, of the same.") Double max,
      @Pattern(Firstday.NAME_PATTERN)
          @JsonPropertyDescription(
              "A case that stands before this one: this one's answer, as for min, is greater than that one's.")
          String above) {}
}
