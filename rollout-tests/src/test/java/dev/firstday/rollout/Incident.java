package dev.firstday.rollout;

import dev.firstday.server.http.Call;
import dev.firstday.server.http.Reply;
import dev.firstday.server.route.SimulatedVersion;
import dev.firstday.server.v2.V2;
import java.util.SplittableRandom;

/**
 * What hits every version for a while: a database that is down, a network that loses connections.
 * Each request has its own luck, so that two versions rarely fail the same one.
 *
 * @param from seconds after the rollout's beginning
 * @param to seconds after it
 * @param errors share of the requests that are answered with a status of 503
 * @param broken share of the requests whose connection breaks
 * @param late share of the requests that are not answered in time
 * @param slowness how many times as long the others take
 */
record Incident(
    double from, double to, double errors, double broken, double late, double slowness) {
  static final Incident NONE = new Incident(0, 0, 0, 0, 0, 1);

  /** The version, as it answers meanwhile. */
  SimulatedVersion hit(SimulatedVersion version, SimulatedClock clock, SplittableRandom random) {
    return new Hit(version, this, clock, random);
  }

  private record Hit(
      SimulatedVersion version, Incident incident, SimulatedClock clock, SplittableRandom random)
      implements Altered {
    @Override
    public Answer infer(Call call) {
      Answer usual = version.infer(call);
      if (clock.seconds() < incident.from() || clock.seconds() >= incident.to()) {
        return usual;
      }
      long nanos = (long) (usual.nanos() * incident.slowness());
      double luck = random.nextDouble();
      if (luck < incident.errors()) {
        return Answer.of(Reply.json(503, V2.error("a database is down")), nanos);
      }
      if (luck < incident.errors() + incident.broken()) {
        return Answer.broken(nanos);
      }
      return luck < incident.errors() + incident.broken() + incident.late()
          ? Answer.late(nanos)
          : new Answer(usual.reply(), usual.timedOut(), nanos);
    }
  }
}
