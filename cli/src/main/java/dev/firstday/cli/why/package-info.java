/** {@code firstday why}: what stopped a resource, along the chain that it comes from. */
package dev.firstday.cli.why;
