/** JSON trees: reading, writing and short ways to what is in them. */
package dev.firstday.cli.apiserver.json;
