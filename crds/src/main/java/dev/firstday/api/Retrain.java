package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** When a training job learns from a newer version of its data set. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.onNewData) != has(self.schedule)",
    message = "retrain has exactly one of onNewData and schedule")
@ValidationRule(
    value = "!has(self.timeZone) || has(self.schedule)",
    message = "timeZone is that of schedule")
public record Retrain(
    @JsonPropertyDescription(
            "true: as soon as the data set has a newer good version, and the run before has ended.")
        Boolean onNewData,
    @Size(min = 9, max = 100)
        @JsonPropertyDescription(
            "Cron, five fields: minute, hour, day of month, month, day of week. Each time, if the data set has a"
                + " newer good version by then.")
        String schedule,
    @Size(min = 1, max = 64)
        @JsonPropertyDescription("Time zone of the schedule, as Europe/Vienna. Left out: UTC.")
        String timeZone) {}
