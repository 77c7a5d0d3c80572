package dev.firstday.trainer.train.linear;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The least value of a convex function by L-BFGS (Nocedal and Wright, Numerical Optimization,
 * algorithms 7.4 and 7.5) with a preconditioner in the place of its first matrix.
 *
 * @param weights where it is
 * @param value that it has there
 * @param passes over the rows that finding it took
 */
record Minimum(double[] weights, double value, int passes) {
  /** Enough for a loss that is right to the fourth digit, and not for more. */
  private static final int MOST_PASSES = 50;

  private static final int REMEMBERED = 8;

  /** Half the product of gradient and step is about what is still to be won. */
  private static final double ENOUGH = 1e-9;

  private static final double ARMIJO = 1e-4;
  private static final double SHORTEST = 1e-3;

  static Minimum of(Objective objective, Preconditioner preconditioner) {
    double[] weights = new double[objective.size()];
    double[] gradient = new double[weights.length];
    double value = objective.at(weights, gradient);
    int passes = 1;
    Deque<Pair> pairs = new ArrayDeque<>();
    while (passes < MOST_PASSES) {
      double[] direction = direction(gradient, pairs, preconditioner);
      double slope = -dot(direction, gradient);
      if (slope > -2 * ENOUGH) {
        break;
      }
      double[] next = new double[weights.length];
      double[] nextGradient = new double[weights.length];
      double nextValue = Double.POSITIVE_INFINITY;
      double length = 2;
      while (!(nextValue <= value + ARMIJO * length * slope)
          && length > SHORTEST
          && passes < MOST_PASSES) {
        length /= 2;
        for (int i = 0; i < next.length; i++) {
          next[i] = weights[i] - length * direction[i];
        }
        nextValue = objective.at(next, nextGradient);
        passes++;
      }
      if (!(nextValue < value)) {
        break;
      }
      Pair pair = Pair.of(weights, next, gradient, nextGradient);
      if (pair.product() > 0) {
        pairs.addLast(pair);
      }
      if (pairs.size() > REMEMBERED) {
        pairs.removeFirst();
      }
      weights = next;
      gradient = nextGradient;
      value = nextValue;
    }
    return new Minimum(weights, value, passes);
  }

  private static double[] direction(
      double[] gradient, Deque<Pair> pairs, Preconditioner preconditioner) {
    double[] rest = gradient.clone();
    double[] shares = new double[pairs.size()];
    int i = pairs.size();
    for (Iterator<Pair> newest = pairs.descendingIterator(); newest.hasNext(); ) {
      Pair pair = newest.next();
      shares[--i] = dot(pair.step(), rest) / pair.product();
      add(-shares[i], pair.change(), rest);
    }
    double[] direction = preconditioner.apply(rest);
    for (Pair pair : pairs) {
      add(shares[i++] - dot(pair.change(), direction) / pair.product(), pair.step(), direction);
    }
    return direction;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void add(double factor, double[] a, double[] to) {
    for (int i = 0; i < a.length; i++) {
      to[i] += factor * a[i];
    }
  }

  /** A step, how the gradient changed with it, and the product of the two. */
  private record Pair(double[] step, double[] change, double product) {
    static Pair of(double[] from, double[] to, double[] gradient, double[] nextGradient) {
      double[] step = to.clone();
      add(-1, from, step);
      double[] change = nextGradient.clone();
      add(-1, gradient, change);
      return new Pair(step, change, dot(step, change));
    }
  }
}
