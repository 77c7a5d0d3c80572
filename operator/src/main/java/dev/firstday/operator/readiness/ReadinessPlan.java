package dev.firstday.operator.readiness;

import dev.firstday.api.ReadinessTestStatus;
import dev.firstday.operator.kube.EventDraft;
import java.util.List;

/** What a pass does: it only tells. */
record ReadinessPlan(ReadinessTestStatus status, List<EventDraft> events) {}
