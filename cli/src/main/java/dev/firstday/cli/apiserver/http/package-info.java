/** The API as HTTP speaks it. */
package dev.firstday.cli.apiserver.http;
