package dev.firstday.server.capture;

import dev.firstday.api.Capture;
import dev.firstday.server.http.Call;
import java.util.List;
import java.util.function.Supplier;

/** Where requests go that may be worth keeping. */
public interface CaptureSink {

  /**
   * Takes a request, if it is drawn or has failed a check.
   *
   * @param failed names of the checks that it failed
   */
  void offer(
      Capture settings, Call call, List<String> failed, Supplier<List<Captured.Answer>> answers);
}
