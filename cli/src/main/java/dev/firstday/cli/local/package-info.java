/**
 * A cluster on one machine: an API server, an S3, the operator, and what else a cluster needs to
 * run pods. Containers are processes, each pod has a loopback address of its own, and all state
 * lies in one folder.
 */
package dev.firstday.cli.local;
