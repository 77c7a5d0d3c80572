/**
 * What a schema says of an object: defaults to fill in, fields it does not know, rules that are
 * broken, in the words of a Kubernetes API server.
 */
package dev.firstday.cli.apiserver.schema;
