/**
 * Every object, in the order of one counter: lookups, optimistic writes, and what changed since.
 */
package dev.firstday.cli.apiserver.store;
