/** What acts on marks that others leave on objects: owners that went, namespaces that end. */
package dev.firstday.cli.apiserver.control;
