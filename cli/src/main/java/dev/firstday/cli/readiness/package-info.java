/** {@code firstday readiness}: how ready a namespace is. */
package dev.firstday.cli.readiness;
