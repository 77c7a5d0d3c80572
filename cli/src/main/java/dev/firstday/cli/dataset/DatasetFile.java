package dev.firstday.cli.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.firstday.api.Dataset;
import dev.firstday.api.DatasetSpec;
import dev.firstday.cli.apiserver.json.Json;
import dev.firstday.cli.terminal.CommandFailure;
import dev.firstday.contract.Contract;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The data sets that a YAML file holds, beside whatever else it holds. */
record DatasetFile(Path path, List<Named> datasets) {

  record Named(String name, DatasetSpec spec) {}

  /**
   * @throws CommandFailure when the file is none, holds no data set, or one that an API server
   *     would refuse
   */
  static DatasetFile read(Path path) throws CommandFailure, IOException {
    List<ObjectNode> documents = documents(path);
    if (documents.isEmpty()) {
      throw new CommandFailure(
          "%s holds no data set: kind: %s, apiVersion: %s"
              .formatted(
                  path,
                  HasMetadata.getKind(Dataset.class),
                  HasMetadata.getApiVersion(Dataset.class)));
    }
    DatasetSchema schema = DatasetSchema.load();
    List<String> problems = new ArrayList<>();
    List<Named> datasets = new ArrayList<>();
    for (ObjectNode document : documents) {
      String name = Json.at(document, "metadata", "name").asText("?");
      List<String> found = schema.problems(document);
      found.forEach(problem -> problems.add("\n  Dataset " + name + ": " + problem));
      if (found.isEmpty()) {
        datasets.add(
            new Named(
                name, Contract.read(Contract.write(document.path("spec")), DatasetSpec.class)));
      }
    }
    if (!problems.isEmpty()) {
      throw new CommandFailure(path + " is not valid:" + String.join("", problems));
    }
    return new DatasetFile(path, datasets);
  }

  private static List<ObjectNode> documents(Path path) throws CommandFailure, IOException {
    if (Files.isDirectory(path)) {
      throw new CommandFailure(path + " is a folder: name the file in it that holds the data set");
    }
    List<ObjectNode> documents = new ArrayList<>();
    var reader =
        new YAMLMapper()
            .readerFor(JsonNode.class)
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    try (MappingIterator<JsonNode> all = reader.readValues(Files.readString(path))) {
      while (all.hasNextValue()) {
        if (all.nextValue() instanceof ObjectNode document && isDataset(document)) {
          documents.add(document);
        }
      }
      return documents;
    } catch (NoSuchFileException e) {
      throw new CommandFailure("there is no file " + path, e);
    } catch (AccessDeniedException e) {
      throw new CommandFailure("the file " + path + " may not be read", e);
    } catch (MalformedInputException e) {
      throw new CommandFailure(path + " is no text in UTF-8", e);
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
      throw new CommandFailure(path + line + ": " + e.getOriginalMessage(), e);
    }
  }

  private static boolean isDataset(ObjectNode document) {
    return Json.text(document, "kind").equals(HasMetadata.getKind(Dataset.class))
        && Json.text(document, "apiVersion").equals(HasMetadata.getApiVersion(Dataset.class));
  }
}
