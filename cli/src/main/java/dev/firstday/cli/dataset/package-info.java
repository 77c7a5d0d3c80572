/**
 * Commands about data sets: test and check one on this machine, see and refresh one on a cluster.
 */
package dev.firstday.cli.dataset;
