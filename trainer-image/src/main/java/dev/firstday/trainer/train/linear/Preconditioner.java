package dev.firstday.trainer.train.linear;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;

/**
 * Divides a gradient by a bound on the curvature that does not depend on the weights: Newton's step
 * for squared errors, and a step that never makes a cross-entropy worse (Böhning 1992).
 */
interface Preconditioner {
  /** Beyond so many inputs, solving takes longer than more steps without it. */
  int WIDEST = 1000;

  /** Inputs of which one follows from others are told apart by this share of their mean square. */
  double RIDGE = 1e-5;

  /** The products of inputs are looked at in a pass of its own. */
  static Preconditioner of(Objective objective, int inputs, int rows, int outputs, Link link) {
    return inputs <= WIDEST
        ? solving(objective.products(), rows, outputs, link)
        : scaling(objective.squares(), rows, outputs, link);
  }

  /**
   * @param gradient for each input one number an output
   */
  double[] apply(double[] gradient);

  private static Preconditioner solving(double[][] products, int rows, int outputs, Link link) {
    int size = products.length;
    double mean = 0;
    for (int i = 0; i < size; i++) {
      mean += products[i][i] / size;
    }
    for (int i = 0; i < size; i++) {
      for (int j = i; j < size; j++) {
        products[i][j] *= link.curvature;
        // products in single precision are not symmetric to the last digit
        products[j][i] = products[i][j];
      }
      products[i][i] += link.curvature * RIDGE * mean + (i + 1 < size ? 1.0 / rows : 0);
    }
    DecompositionSolver solver =
        new CholeskyDecomposition(new Array2DRowRealMatrix(products, false)).getSolver();
    return gradient -> {
      double[][] columns = new double[size][];
      for (int i = 0; i < size; i++) {
        columns[i] = Arrays.copyOfRange(gradient, i * outputs, (i + 1) * outputs);
      }
      double[][] solved = solver.solve(new Array2DRowRealMatrix(columns, false)).getData();
      double[] step = new double[gradient.length];
      for (int i = 0; i < size; i++) {
        System.arraycopy(solved[i], 0, step, i * outputs, outputs);
      }
      return step;
    };
  }

  private static Preconditioner scaling(double[] squares, int rows, int outputs, Link link) {
    return gradient -> {
      double[] step = new double[gradient.length];
      for (int i = 0; i < step.length; i++) {
        step[i] = gradient[i] / (link.curvature * squares[i / outputs] + 1.0 / rows);
      }
      return step;
    };
  }
}
