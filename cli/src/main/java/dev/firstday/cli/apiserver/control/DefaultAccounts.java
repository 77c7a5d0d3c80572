package dev.firstday.cli.apiserver.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.apiserver.store.ResourceId;
import dev.firstday.cli.apiserver.store.StoreEvent;
import dev.firstday.cli.apiserver.store.Stored;

/** Gives each namespace the service account that pods have by default. */
public final class DefaultAccounts {
  private static final ResourceId NAMESPACES = new ResourceId("", "namespaces");
  private static final ResourceId ACCOUNTS = new ResourceId("", "serviceaccounts");

  private final Changes changes;

  public DefaultAccounts(Changes changes) {
    this.changes = changes;
  }

  void act(StoreEvent event) {
    Stored now = event.now();
    if (event instanceof StoreEvent.Added
        && now.resource().equals(NAMESPACES)
        && !now.isTerminating()) {
      ObjectNode account = Json.object().put("apiVersion", "v1").put("kind", "ServiceAccount");
      account.putObject("metadata").put("name", "default");
      changes.create(ACCOUNTS, now.key().name(), account);
    }
  }
}
