/** {@code firstday captures}: the requests that routers kept, with their answers. */
package dev.firstday.cli.captures;
