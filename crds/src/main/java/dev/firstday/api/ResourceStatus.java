package dev.firstday.api;

import java.util.List;

/**
 * What the status of every kind has: the part that kstatus, Argo CD and {@code kubectl wait} read.
 */
public interface ResourceStatus {
  /**
   * The generation of the spec that this status is about; -1 until the operator has seen the
   * resource.
   */
  Long observedGeneration();

  /** One word for people. */
  String phase();

  /** Ready, Reconciling, Stalled and Suspended: always all four. */
  List<Condition> conditions();
}
