package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A name that people give a version, and move to another one when they like. */
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "self.name != 'newest'",
    message = "newest is what track: newest means; give the alias another name")
public record Alias(
    @Required
        @Size(max = 40)
        @Pattern(Firstday.NAME_PATTERN)
        @JsonPropertyDescription("As champion.")
        String name,
    @Required @Min(1) @JsonPropertyDescription("The version's number.") Integer version) {}
