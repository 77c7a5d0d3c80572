/**
 * What an API server knows of Kubernetes' own kinds beyond their schemas: usual values and rules.
 */
package dev.firstday.cli.apiserver.kinds;
