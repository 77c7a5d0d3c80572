package dev.firstday.operator.trainingjob;

import dev.firstday.contract.TrainingReport;
import java.util.Optional;

/** Asks a trainer's pod how far it has come. */
public interface TrainerClient {
  /** Empty when it does not say, for whatever reason: it may not have begun, or just have ended. */
  Optional<TrainingReport> ask(String address);
}
