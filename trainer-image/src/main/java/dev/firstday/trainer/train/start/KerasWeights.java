package dev.firstday.trainer.train.start;

import dev.firstday.trainer.train.start.Hdf5Weights.Weights;

/** The arrays of one layer, wherever its file has them. */
@FunctionalInterface
interface KerasWeights {
  /** Whose arrays they are. */
  enum Part {
    /** The layer's own. */
    LAYER,
    /** Those of a recurrent layer's cell. */
    CELL,
    /** Of two directions, those of the one that reads from the first step on. */
    FORWARD,
    /** Those of the other one. */
    BACKWARD
  }

  /**
   * An array.
   *
   * @param name as Keras calls it
   * @param place among the arrays of that part
   */
  Weights of(Part part, String name, int place);

  default Weights of(String name, int place) {
    return of(Part.LAYER, name, place);
  }
}
