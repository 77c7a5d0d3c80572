package dev.firstday.trainer.train.blas;

import org.bytedeco.openblas.global.openblas;

/** Products of matrices that lie row after row in arrays, by OpenBLAS on the calling thread. */
public final class Blas {
  static {
    // the threads are ours: one for each part of a batch
    openblas.blas_set_num_threads(1);
  }

  private Blas() {}

  /** {@code c (m x n) = a (m x k) * transposed b (n x k)}. */
  public static void timesTransposed(float[] a, float[] b, float[] c, int m, int n, int k) {
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        openblas.CblasTrans,
        m,
        n,
        k,
        1,
        a,
        k,
        b,
        k,
        0,
        c,
        n);
  }

  /** {@code c (m x n) = transposed a (k x m) * b (k x n)}. */
  public static void transposedTimes(float[] a, float[] b, float[] c, int m, int n, int k) {
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        openblas.CblasTrans,
        openblas.CblasNoTrans,
        m,
        n,
        k,
        1,
        a,
        m,
        b,
        n,
        0,
        c,
        n);
  }

  /** {@code c (m x n) = a (m x k) * b (k x n)}. */
  public static void times(float[] a, float[] b, float[] c, int m, int n, int k) {
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        openblas.CblasNoTrans,
        m,
        n,
        k,
        1,
        a,
        k,
        b,
        n,
        0,
        c,
        n);
  }
}
