{{- define "adk-agent.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- /* At most 40 characters, since names of jobs end up in labels, which have at most 63. */}}
{{- define "adk-agent.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if contains $name .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}
{{- end }}

{{- define "adk-agent.tag" -}}
{{- .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "adk-agent.image" -}}
{{- $repository := required "Set image.repository to the image of your application." .Values.image.repository }}
{{- if .Values.image.digest }}
{{- printf "%s@%s" $repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" $repository (include "adk-agent.tag" .) }}
{{- end }}
{{- end }}

{{- define "adk-agent.applicationVersion" -}}
{{- .Values.applicationVersion | default (include "adk-agent.tag" .) }}
{{- end }}

{{- define "adk-agent.selectorLabels" -}}
app.kubernetes.io/name: {{ include "adk-agent.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: agent
{{- end }}

{{- /* Pods of jobs carry another component, or the service would send them requests. */}}
{{- define "adk-agent.migrationLabels" -}}
app.kubernetes.io/name: {{ include "adk-agent.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: migration
{{- end }}

{{- define "adk-agent.commonLabels" -}}
app.kubernetes.io/version: {{ regexReplaceAll "[^a-zA-Z0-9._-]" (include "adk-agent.applicationVersion" .) "_" | trunc 63 | trimAll "._-" | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "adk-agent.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "adk-agent.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "adk-agent.podSettings" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
automountServiceAccountToken: false
securityContext:
  {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "adk-agent.volumes" -}}
volumes:
  - name: tmp
    emptyDir:
      sizeLimit: {{ .Values.tmpSizeLimit }}
  {{- if eq .Values.database.kind "sqlite" }}
  - name: data
    persistentVolumeClaim:
      claimName: {{ .Values.database.sqlite.existingClaim | default (printf "%s-data" (include "adk-agent.fullname" .)) }}
  {{- end }}
  {{- with .Values.volumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{- define "adk-agent.volumeMounts" -}}
volumeMounts:
  - name: tmp
    mountPath: /tmp
  {{- if eq .Values.database.kind "sqlite" }}
  - name: data
    mountPath: {{ .Values.database.sqlite.directory }}
  {{- end }}
  {{- with .Values.volumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{- /* Variables that application and migration share: the names of the tables must be the same for both. */}}
{{- define "adk-agent.commonEnv" -}}
- name: JAVA_TOOL_OPTIONS
  value: {{ .Values.javaToolOptions | quote }}
- name: ADK_MIGRATION_APPLICATION_VERSION
  value: {{ include "adk-agent.applicationVersion" . | quote }}
{{- range $property, $value := .Values.settings }}
- name: ADK_MIGRATION_{{ $property | upper | replace "." "_" | replace "-" "_" }}
  value: {{ $value | toString | quote }}
{{- end }}
{{- with .Values.env }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- /* What the schema of the values cannot say, with a reason. */}}
{{- define "adk-agent.validate" -}}
{{- $database := .Values.database }}
{{- $mode := .Values.migration.mode }}
{{- if and .Values.image.digest (not .Values.image.tag) (not .Values.applicationVersion) }}
{{- fail "A digest does not say which version it is, and a rollback returns to a version: set image.tag or applicationVersion too." }}
{{- end }}
{{- if eq $database.kind "sqlite" }}
{{- if ne $mode "on-start" }}
{{- fail (printf "A SQLite file is on a volume that one pod at a time can mount, so migration.mode=%s cannot work: set migration.mode=on-start." $mode) }}
{{- end }}
{{- if or (gt (int .Values.replicaCount) 1) .Values.autoscaling.enabled }}
{{- fail "A SQLite file is on a volume that one pod at a time can mount: set replicaCount=1 and autoscaling.enabled=false." }}
{{- end }}
{{- if .Values.cloudSqlProxy.enabled }}
{{- fail "SQLite is no server, so there is nothing for cloudSqlProxy to reach: set cloudSqlProxy.enabled=false, or another database.kind." }}
{{- end }}
{{- else }}
{{- $keys := $database.secretKeys }}
{{- if and (or $keys.url $keys.host $keys.port $keys.name) (not $database.existingSecret) }}
{{- fail "database.secretKeys names keys of a secret: set database.existingSecret to that secret." }}
{{- end }}
{{- if not (or $keys.url $database.jdbcUrl) }}
{{- if not (or $database.host $keys.host .Values.cloudSqlProxy.enabled) }}
{{- fail "Say where the database is: database.host, database.jdbcUrl, or database.existingSecret with database.secretKeys.url or .host." }}
{{- end }}
{{- if not (or $database.name $keys.name) }}
{{- fail "Say which database on the server it is: database.name, or database.secretKeys.name." }}
{{- end }}
{{- end }}
{{- if regexMatch "(?i)(password=|//[^/]*@)" $database.jdbcUrl }}
{{- fail "database.jdbcUrl holds a user or a password, which Helm would store in the clear: put them into a secret and name it in database.existingSecret." }}
{{- end }}
{{- end }}
{{- if and .Values.cloudSqlProxy.enabled (not .Values.cloudSqlProxy.instanceConnectionName) }}
{{- fail "cloudSqlProxy.enabled needs cloudSqlProxy.instanceConnectionName, project:region:instance." }}
{{- end }}
{{- if and .Values.cloudSqlProxy.enabled (not .Values.cloudSqlProxy.image.repository) }}
{{- fail "cloudSqlProxy.enabled needs cloudSqlProxy.image.repository: set it to where your cluster finds the image of the Cloud SQL Auth Proxy." }}
{{- end }}
{{- if and .Values.migration.downgradeTo (has $mode (list "on-start" "init-container")) }}
{{- fail (printf "migration.downgradeTo needs a job, and migration.mode=%s has none: set migration.mode to hook, job or argocd." $mode) }}
{{- end }}
{{- if and .Values.migration.image.repository (not .Values.migration.image.tag) (not .Values.migration.image.digest) }}
{{- fail "migration.image.repository needs migration.image.tag or migration.image.digest." }}
{{- end }}
{{- range $property, $value := .Values.settings }}
{{- if has $property (list "url" "user" "password") }}
{{- fail (printf "settings.%s would be stored in the clear, and for the application too: name a secret in migration.database.existingSecret." $property) }}
{{- end }}
{{- if has $property (list "application-version" "job" "job.to" "job.to-app-version" "job.count") }}
{{- fail (printf "settings.%s is the chart's to set: see applicationVersion and migration.mode." $property) }}
{{- end }}
{{- end }}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) }}
{{- fail "ingress.enabled needs ingress.hosts." }}
{{- end }}
{{- end }}
