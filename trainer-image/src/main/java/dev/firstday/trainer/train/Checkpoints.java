package dev.firstday.trainer.train;

import java.util.Optional;
import java.util.function.Supplier;

/** Where training stands is kept here, so that another attempt can go on. */
interface Checkpoints {
  /** Nothing is kept. */
  Checkpoints NONE =
      new Checkpoints() {
        @Override
        public Optional<Checkpoint> last() {
          return Optional.empty();
        }

        @Override
        public void afterStep(Supplier<Checkpoint> present) {
          // whoever is cut off begins again
        }
      };

  /** Where an attempt before came to. */
  Optional<Checkpoint> last();

  /**
   * Called after each step.
   *
   * @param present where training stands; asked for when it is to be kept, and only in this call
   * @throws dev.firstday.trainer.LeftException when the process is to end
   */
  void afterStep(Supplier<Checkpoint> present);
}
