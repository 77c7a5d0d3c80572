/** What every command prints with: lines, tables, bars, words, colours. */
package dev.firstday.cli.terminal;
