package dev.firstday.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How far a trainer has come: what it answers on {@value #PATH} of port {@value #PORT} while it
 * works. The operator reads it as untrusted input, and shows it; nothing is decided by it.
 *
 * @param runUid the run that is worked on
 * @param epoch the one under way, counted from 1
 * @param epochs how many there are at most
 * @param step batches of the epoch that are done
 * @param steps batches an epoch
 * @param loss mean over the batches of the epoch that this attempt has done; null before the first
 * @param validation the watched metric after the epoch before, as logLoss=0.451; null before that
 * @param samplesPerSecond rows learnt from in a second of this epoch; null before the first step
 * @param secondsLeft of learning, if no epoch is spared; null likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TrainingReport(
    String runUid,
    int epoch,
    int epochs,
    int step,
    int steps,
    Double loss,
    String validation,
    Double samplesPerSecond,
    Long secondsLeft) {
  public static final String PATH = "/progress";
  public static final int PORT = PodEnvironment.ADMIN_PORT;
}
