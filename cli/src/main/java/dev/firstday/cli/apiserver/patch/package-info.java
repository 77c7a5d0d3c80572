/** The ways to change an object by saying less than all of it, and who said what. */
package dev.firstday.cli.apiserver.patch;
