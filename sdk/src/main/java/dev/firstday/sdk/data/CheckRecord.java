package dev.firstday.sdk.data;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.firstday.api.DatasetStatus.RefreshTrigger;
import java.time.Instant;
import java.util.List;

/**
 * What the checks of one run found, passed or failed: {@code datasets/<name>/results/<n>.json}.
 *
 * @param number counts from 1, in the order of recording
 * @param dataset the data set's name
 * @param runUid the run that checked
 * @param trigger why it ran
 * @param checkedAt when
 * @param digest of the manifest of the version looked at
 * @param built true: the run built that version; false: it was there already and was looked at
 *     again
 * @param refused whether a check of severity error failed
 * @param sources digest of the declaration, names, sizes and ETags of the source files, by which an
 *     unchanged source is known
 * @param outcomes in the order of the checks
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckRecord(
    int number,
    String dataset,
    String runUid,
    RefreshTrigger trigger,
    Instant checkedAt,
    String digest,
    boolean built,
    boolean refused,
    String sources,
    List<CheckOutcome> outcomes) {}
