package dev.firstday.server.route;

/** Lets something happen later. */
interface Timer {
  void after(long millis, Runnable work);
}
