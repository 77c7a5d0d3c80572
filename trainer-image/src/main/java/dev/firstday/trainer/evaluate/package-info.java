/** Recorded versions on data that is newer than they are. */
package dev.firstday.trainer.evaluate;
