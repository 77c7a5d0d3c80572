{{- define "firstday.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{ .Release.Name | trunc 52 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" }}
{{- end -}}
{{- end -}}

{{- define "firstday.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end -}}

{{- define "firstday.labels" -}}
{{ include "firstday.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "firstday.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{ .Values.serviceAccount.name | default (include "firstday.fullname" .) }}
{{- else -}}
{{ .Values.serviceAccount.name | default "default" }}
{{- end -}}
{{- end -}}

{{- /* A reference to an image: takes a dict of root and one of images.operator, images.trainer, images.trainerCuda, images.server. */ -}}
{{- define "firstday.image" -}}
{{- if .image.digest -}}
{{ printf "%s@%s" .image.repository .image.digest }}
{{- else -}}
{{ printf "%s:%s" .image.repository (.image.tag | default .root.Chart.AppVersion) }}
{{- end -}}
{{- end -}}

{{- /* All that workers and servers may run, as JSON. */ -}}
{{- define "firstday.workloadImages" -}}
{{- $images := list }}
{{- range tuple .Values.images.trainer .Values.images.trainerCuda .Values.images.server }}
{{- if .repository }}
{{- $images = append $images (include "firstday.image" (dict "root" $ "image" .)) }}
{{- end }}
{{- end }}
{{- toJson $images }}
{{- end -}}

{{- /* Names are looked up, S3 is talked to, and nothing else. */ -}}
{{- define "firstday.workloadEgress" -}}
- ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
{{- with .Values.networkPolicy.workloads.egress }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /* What the operator does with objects of the namespaces it looks after, and nothing beyond. */ -}}
{{- define "firstday.rules" -}}
- apiGroups: [firstday.dev]
  resources: [datasets, trainingjobs, models, modeldeployments, readinesstests]
  verbs: [list, watch]
- apiGroups: [firstday.dev]
  resources: [datasets/status, trainingjobs/status, models/status, modeldeployments/status, readinesstests/status]
  verbs: [patch]
- apiGroups: [batch]
  resources: [jobs]
  verbs: [get, list, watch, create, delete]
- apiGroups: [apps]
  resources: [deployments]
  verbs: [list, watch, create, patch, delete]
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [list, watch, create, patch, delete]
{{- if .Values.gatewayAPI.enabled }}
- apiGroups: [gateway.networking.k8s.io]
  resources: [httproutes, grpcroutes]
  verbs: [get, create, patch, delete]
{{- end }}
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [services]
  verbs: [list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [configmaps]
  verbs: [list, watch, create, patch]
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch]
- apiGroups: [""]
  resources: [events]
  verbs: [create, patch]
{{- end -}}
