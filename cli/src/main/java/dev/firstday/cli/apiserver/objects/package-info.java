/** What happens to an object between a request and the store. */
package dev.firstday.cli.apiserver.objects;
