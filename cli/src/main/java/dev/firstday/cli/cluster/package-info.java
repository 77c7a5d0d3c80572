/** The cluster that a command is about: on this machine, or where a kubeconfig points. */
package dev.firstday.cli.cluster;
