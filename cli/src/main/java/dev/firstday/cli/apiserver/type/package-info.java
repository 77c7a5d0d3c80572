/** The resources that the server knows: Kubernetes' own, and those that definitions in it add. */
package dev.firstday.cli.apiserver.type;
