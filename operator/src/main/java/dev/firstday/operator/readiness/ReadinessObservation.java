package dev.firstday.operator.readiness;

import dev.firstday.api.Dataset;
import dev.firstday.api.Model;
import dev.firstday.api.ModelDeployment;
import dev.firstday.api.TrainingJob;
import java.time.Instant;
import java.util.List;

/** All of the namespace's resources, each kind by name. */
record ReadinessObservation(
    List<Dataset> datasets,
    List<TrainingJob> trainings,
    List<Model> models,
    List<ModelDeployment> deployments,
    Instant now) {}
