/**
 * The Kubernetes API of the local mode: enough of an API server that kubectl, the Fabric8 client
 * and operators cannot tell it from a real one, in one process, on a loopback address, with its
 * state in memory or in one folder.
 */
package dev.firstday.cli.apiserver;
