/** {@code firstday push}: a model's code on its way to a training job. */
package dev.firstday.cli.push;
