package dev.firstday.cli.apiserver.objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a request left.
 *
 * @param object in the version that was asked for; a {@code Status} where nothing is left
 * @param isNew whether it was created
 * @param warnings for the person at the other end
 */
public record Written(ObjectNode object, boolean isNew, List<String> warnings) {}
