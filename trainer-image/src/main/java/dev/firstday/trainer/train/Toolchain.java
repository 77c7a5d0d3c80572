package dev.firstday.trainer.train;

import dev.firstday.contract.PodEnvironment;
import java.util.Map;

/**
 * What trains.
 *
 * @param libraries versions by name
 * @param image the reference of the image, as the pod was given it; null: no image
 */
public record Toolchain(Map<String, String> libraries, String image) {
  /** This process. */
  public static Toolchain here(Map<String, String> environment) {
    return new Toolchain(Libraries.versions(), environment.get(PodEnvironment.IMAGE));
  }
}
