package dev.firstday.trainer.train;

/** Looks on while a network is taught. Called on the thread that teaches: it must not take long. */
@FunctionalInterface
interface Watcher {
  /** After a step of the optimiser. Most have enough to look at with the epochs. */
  default void step(Step step) {}

  /** After an epoch, with its validation. */
  void epoch(Epoch epoch);

  /**
   * A step of an epoch.
   *
   * @param epoch counted from 1
   * @param epochs how many there are at most
   * @param number counted from 1
   * @param of steps an epoch
   * @param rows in the step
   * @param loss of the step, with penalties
   */
  record Step(int epoch, int epochs, int number, int of, int rows, double loss) {}
}
