/** Reads contracts of the Open Data Contract Standard and says as a Dataset what they say. */
package dev.firstday.cli.odcs;
