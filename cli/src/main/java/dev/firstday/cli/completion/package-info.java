/** What a shell offers when the tab key is pressed. */
package dev.firstday.cli.completion;
