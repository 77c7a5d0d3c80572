package dev.firstday.trainer.train.blas;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/** Products of matrices that lie row after row in memory, by OpenBLAS on the calling thread. */
public final class Blas {
  static {
    // the threads are ours: one for each part of a batch
    openblas.blas_set_num_threads(1);
  }

  private Blas() {}

  /** {@code c (m x n) = a (m x k) * transposed b (n x k)}. */
  public static void timesTransposed(float[] a, float[] b, float[] c, int m, int n, int k) {
    openblas.cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, m, n, k, 1, a, k, b, k, 0, c, n);
  }

  /** {@code c (m x n) = transposed a (k x m) * b (k x n)}. */
  public static void transposedTimes(float[] a, float[] b, float[] c, int m, int n, int k) {
    openblas.cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, m, n, k, 1, a, m, b, n, 0, c, n);
  }

  /** {@code c (m x n) = a (m x k) * b (k x n)}. */
  public static void times(float[] a, float[] b, float[] c, int m, int n, int k) {
    openblas.cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, k, b, n, 0, c, n);
  }

  /**
   * As for arrays.
   *
   * @param add to what is in c
   */
  public static void timesTransposed(
      FloatPointer a, FloatPointer b, FloatPointer c, int m, int n, int k, boolean add) {
    openblas.cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, m, n, k, 1, a, k, b, k, add ? 1 : 0, c, n);
  }

  /** As for arrays. */
  public static void transposedTimes(
      FloatPointer a, FloatPointer b, FloatPointer c, int m, int n, int k) {
    openblas.cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, m, n, k, 1, a, m, b, n, 0, c, n);
  }

  /**
   * As for arrays.
   *
   * @param add to what is in c
   */
  public static void times(
      FloatPointer a, FloatPointer b, FloatPointer c, int m, int n, int k, boolean add) {
    openblas.cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, a, k, b, n, add ? 1 : 0, c, n);
  }

  /** Adds numbers to others. */
  public static void add(FloatPointer numbers, FloatPointer target) {
    openblas.cblas_saxpy(
        Math.toIntExact(target.capacity() - target.position()), 1, numbers, 1, target, 1);
  }
}
