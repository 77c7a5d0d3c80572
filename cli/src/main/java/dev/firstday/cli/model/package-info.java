/** Commands about models: their versions, and what each was made from. */
package dev.firstday.cli.model;
