package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/** How far a run has come that is under way, as its pod said when it was last asked. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingProgress(
    @JsonPropertyDescription("In short, as: epoch 3/8, 41 %, 2 min left.") String summary,
    @JsonPropertyDescription("The epoch under way, counted from 1.") Integer epoch,
    @JsonPropertyDescription("How many there are at most.") Integer epochs,
    @JsonPropertyDescription("Percent of the steps of all epochs that are done.") Integer percent,
    @JsonPropertyDescription("Mean loss over the steps of this epoch, with penalties.") Double loss,
    @JsonPropertyDescription("The watched metric after the epoch before, as logLoss=0.451.")
        String validation,
    @JsonPropertyDescription("Rows learnt from in a second.") Long samplesPerSecond,
    @JsonPropertyDescription("Seconds of learning that are left, if no epoch is spared.")
        Long secondsLeft,
    @JsonPropertyDescription("When the pod was last asked.") Instant at) {}
