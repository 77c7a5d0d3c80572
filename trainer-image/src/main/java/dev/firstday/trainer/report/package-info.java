/** What is known of a version, as a page for people. */
package dev.firstday.trainer.report;
