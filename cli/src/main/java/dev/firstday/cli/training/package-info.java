/** {@code firstday training}: how far a training has come. */
package dev.firstday.cli.training;
