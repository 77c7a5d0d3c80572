package dev.firstday.trainer.train.lstm;

import static dev.firstday.trainer.train.lstm.LstmWeights.GATES;

import dev.firstday.trainer.train.blas.Blas;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Some rows of every batch: their pass forward, their pass back, and the gradient of it. What all
 * steps keep is outside of the heap, where BLAS takes it; one step at a time is in arrays, where
 * Java takes it.
 */
final class LstmPart implements AutoCloseable {
  private final int capacity;
  private final int steps;
  private final int inputs;
  private final int units;

  private final FloatPointer memory;
  private long used;

  /** Step after step, row after row: [steps, rows, inputs]. */
  private final FloatPointer sequence;

  /** As {@link #sequence}, by gate; behind the pass back the loss's slopes at the sums. */
  private final List<FloatPointer> gates;

  private final FloatPointer cells;
  private final FloatPointer hidden;
  private final FloatPointer slopes;
  private final LstmWeights gradient;

  private final float[] inputsOfStep;
  private final Gates.Arrays gatesOfStep;
  private final Gates.Arrays biasesOfRows;
  private final Gates.Arrays biasSlopes;
  private final float[] cellsOfStep;
  private final float[] cellsBefore;
  private final float[] hiddenOfStep;
  private final float[] carried;

  private int rows;

  LstmPart(int capacity, int steps, int inputs, int units) {
    this.capacity = capacity;
    this.steps = steps;
    this.inputs = inputs;
    this.units = units;
    long all = (long) steps * capacity;
    long eachGate = (long) units * (inputs + units + 1);
    this.memory =
        new FloatPointer(
            all * inputs + (GATES + 2) * all * units + (long) capacity * units + GATES * eachGate);
    this.sequence = take(all * inputs);
    this.gates = LstmWeights.gates(take(GATES * all * units), all * units);
    this.cells = take(all * units);
    this.hidden = take(all * units);
    this.slopes = take((long) capacity * units);
    this.gradient =
        new LstmWeights(
            LstmWeights.gates(take((long) GATES * units * inputs), (long) units * inputs),
            LstmWeights.gates(take((long) GATES * units * units), (long) units * units),
            LstmWeights.gates(take((long) GATES * units), units));
    int ofStep = capacity * units;
    this.inputsOfStep = new float[capacity * inputs];
    this.gatesOfStep = Gates.Arrays.of(ofStep);
    this.biasesOfRows = Gates.Arrays.of(ofStep);
    this.biasSlopes = Gates.Arrays.of(ofStep);
    this.cellsOfStep = new float[ofStep];
    this.cellsBefore = new float[ofStep];
    this.hiddenOfStep = new float[ofStep];
    this.carried = new float[ofStep];
  }

  private FloatPointer take(long length) {
    FloatPointer piece = memory.getPointer(used).capacity(length);
    used += length;
    return piece;
  }

  boolean fits(int rowsAtMost, int stepsOfAll) {
    return rowsAtMost <= capacity && stepsOfAll <= steps;
  }

  /** The sum over the rows of the last {@link #back}. */
  LstmWeights gradient() {
    return gradient;
  }

  /** What the layer answers to some rows. */
  void forward(LstmWeights weights, Sequences from, Sequences to, int firstRow, int count) {
    rows = count;
    int length = rows * units;
    for (int step = 0; step < from.steps(); step++) {
      from.read(step, firstRow, rows, inputsOfStep);
      at(sequence, step, inputs).put(inputsOfStep, 0, rows * inputs);
    }
    for (int gate = 0; gate < GATES; gate++) {
      repeat(weights.biases().get(gate), biasesOfRows.get(gate));
      Blas.timesTransposed(
          sequence.position(0),
          weights.inputs().get(gate),
          gates.get(gate).position(0),
          from.steps() * rows,
          units,
          inputs,
          false);
    }
    Arrays.fill(cellsOfStep, 0, length, 0);
    for (int step = 0; step < from.steps(); step++) {
      for (int gate = 0; gate < GATES; gate++) {
        FloatPointer sums = at(gates.get(gate), step, units);
        if (step > 0) {
          Blas.timesTransposed(
              at(hidden, step - 1, units),
              weights.recurrent().get(gate),
              sums,
              rows,
              units,
              units,
              true);
        }
        sums.get(gatesOfStep.get(gate), 0, length);
      }
      Gates.forward(gatesOfStep, biasesOfRows, cellsOfStep, hiddenOfStep, length);
      putGates(step, length);
      at(cells, step, units).put(cellsOfStep, 0, length);
      at(hidden, step, units).put(hiddenOfStep, 0, length);
      to.write(step, firstRow, rows, hiddenOfStep);
    }
  }

  /**
   * The gradient of the rows of the last {@link #forward}.
   *
   * @param from slopes of the loss at what the layer answered
   * @param to afterwards the slopes at what it was given
   */
  void back(LstmWeights weights, Sequences from, Sequences to, int firstRow) {
    int length = rows * units;
    Arrays.fill(carried, 0, length, 0);
    for (int gate = 0; gate < GATES; gate++) {
      Arrays.fill(biasSlopes.get(gate), 0, length, 0);
    }
    for (int step = from.steps() - 1; step >= 0; step--) {
      from.read(step, firstRow, rows, hiddenOfStep);
      if (step < from.steps() - 1) {
        addSlopesOfNext(weights, step + 1, length);
      }
      for (int gate = 0; gate < GATES; gate++) {
        at(gates.get(gate), step, units).get(gatesOfStep.get(gate), 0, length);
      }
      at(cells, step, units).get(cellsOfStep, 0, length);
      if (step > 0) {
        at(cells, step - 1, units).get(cellsBefore, 0, length);
      } else {
        Arrays.fill(cellsBefore, 0, length, 0);
      }
      Gates.back(gatesOfStep, cellsOfStep, cellsBefore, hiddenOfStep, carried, length);
      for (int gate = 0; gate < GATES; gate++) {
        Gates.add(biasSlopes.get(gate), gatesOfStep.get(gate), length);
      }
      putGates(step, length);
    }
    sumUp(from.steps());
    for (int gate = 0; gate < GATES; gate++) {
      // the inputs are no longer needed, so that their slopes take their place
      Blas.times(
          gates.get(gate).position(0),
          weights.inputs().get(gate),
          sequence.position(0),
          from.steps() * rows,
          inputs,
          units,
          gate > 0);
    }
    for (int step = 0; step < from.steps(); step++) {
      at(sequence, step, inputs).get(inputsOfStep, 0, rows * inputs);
      to.write(step, firstRow, rows, inputsOfStep);
    }
  }

  /** Slopes at what a step answers come from the layer behind, and from the step behind. */
  private void addSlopesOfNext(LstmWeights weights, int next, int length) {
    slopes.put(hiddenOfStep, 0, length);
    for (int gate = 0; gate < GATES; gate++) {
      Blas.times(
          at(gates.get(gate), next, units),
          weights.recurrent().get(gate),
          slopes,
          rows,
          units,
          units,
          true);
    }
    slopes.get(hiddenOfStep, 0, length);
  }

  private void sumUp(int count) {
    for (int gate = 0; gate < GATES; gate++) {
      Blas.transposedTimes(
          gates.get(gate).position(0),
          sequence.position(0),
          gradient.inputs().get(gate),
          units,
          inputs,
          count * rows);
      // of one step only there is nothing to sum, and BLAS writes zeros
      Blas.transposedTimes(
          at(gates.get(gate), count > 1 ? 1 : 0, units),
          hidden.position(0),
          gradient.recurrent().get(gate),
          units,
          units,
          (count - 1) * rows);
      float[] all = biasSlopes.get(gate);
      for (int at = units; at < rows * units; at++) {
        all[at % units] += all[at];
      }
      gradient.biases().get(gate).put(all, 0, units);
    }
  }

  private void putGates(int step, int length) {
    for (int gate = 0; gate < GATES; gate++) {
      at(gates.get(gate), step, units).put(gatesOfStep.get(gate), 0, length);
    }
  }

  private FloatPointer at(FloatPointer all, int step, int width) {
    return all.position((long) step * rows * width);
  }

  private void repeat(FloatPointer biases, float[] target) {
    biases.get(target, 0, units);
    for (int at = units; at < rows * units; at += units) {
      System.arraycopy(target, 0, target, at, units);
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
