/**
 * The command {@code firstday demo}: an example's files and resources, from upload to predictions,
 * with what happens on the way.
 */
package dev.firstday.cli.demo;
