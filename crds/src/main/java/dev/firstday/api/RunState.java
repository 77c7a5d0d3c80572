package dev.firstday.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;

/**
 * A run of a worker: it is one thing to be done, tried in one or more attempts, each a Job of its
 * own. Attempts are counted here, since a Job that is deleted forgets.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunState(
    @JsonPropertyDescription(
            "Names the run: the same inputs give the same uid, and S3 records carry it.")
        String uid,
    @JsonPropertyDescription("Which attempt this is, counted from 1.") Integer attempt,
    @JsonPropertyDescription(
            "How many attempts ended for want of something outside: a pod was lost, S3 was away.")
        Integer losses,
    @JsonPropertyDescription("The Job of this attempt.") String job,
    @JsonPropertyDescription("When the first attempt began.") Instant startedAt,
    @JsonPropertyDescription("When the last attempt ended.") Instant finishedAt,
    @JsonPropertyDescription("When the next attempt begins, after one that failed.")
        Instant retryAt,
    @JsonPropertyDescription("Why the last attempt failed, in one word.") String failure,
    @JsonPropertyDescription("What the last attempt said when it failed.") String message,
    @JsonPropertyDescription(
            "What has to change before another attempt can succeed: WAIT (nothing of yours), FIX_DATA (files,"
                + " bucket, credentials) or FIX_SPEC (this resource).")
        String cure) {}
