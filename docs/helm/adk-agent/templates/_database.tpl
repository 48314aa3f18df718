{{- define "adk-agent.secretVariable" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key }}
{{- end }}

{{- define "adk-agent.databasePort" -}}
{{- if .Values.database.port }}
{{- .Values.database.port }}
{{- else if eq .Values.database.kind "postgresql" }}
{{- 5432 }}
{{- else }}
{{- 3306 }}
{{- end }}
{{- end }}

{{- /* The URL of the application's database as the variable that is given as "name", with the variables it refers to. */}}
{{- define "adk-agent.urlVariables" -}}
{{- $database := .root.Values.database }}
{{- $keys := $database.secretKeys }}
{{- $secret := $database.existingSecret }}
{{- if eq $database.kind "sqlite" }}
- name: {{ .name }}
  value: {{ printf "jdbc:sqlite:%s/%s" $database.sqlite.directory $database.sqlite.file | quote }}
{{- else if $keys.url }}
{{ include "adk-agent.secretVariable" (dict "name" .name "secret" $secret "key" $keys.url) }}
{{- else if $database.jdbcUrl }}
- name: {{ .name }}
  value: {{ $database.jdbcUrl | quote }}
{{- else }}
{{- $host := $database.host }}
{{- $port := include "adk-agent.databasePort" .root }}
{{- $name := $database.name }}
{{- if .root.Values.cloudSqlProxy.enabled }}
{{- $host = "127.0.0.1" }}
{{- else if $keys.host }}
{{- $host = "$(DATABASE_HOST)" }}
{{ include "adk-agent.secretVariable" (dict "name" "DATABASE_HOST" "secret" $secret "key" $keys.host) }}
{{- end }}
{{- if and $keys.port (not .root.Values.cloudSqlProxy.enabled) }}
{{- $port = "$(DATABASE_PORT)" }}
{{ include "adk-agent.secretVariable" (dict "name" "DATABASE_PORT" "secret" $secret "key" $keys.port) }}
{{- end }}
{{- if $keys.name }}
{{- $name = "$(DATABASE_NAME)" }}
{{ include "adk-agent.secretVariable" (dict "name" "DATABASE_NAME" "secret" $secret "key" $keys.name) }}
{{- end }}
- name: {{ .name }}
  value: {{ printf "jdbc:%s://%s:%s/%s%s" $database.kind $host $port $name (ternary (printf "?%s" $database.parameters) "" (not (empty $database.parameters))) | quote }}
{{- end }}
{{- end }}

{{- /* User and password of the application as the variables that are given as "user" and "password". */}}
{{- define "adk-agent.userVariables" -}}
{{- $database := .root.Values.database }}
{{- if ne $database.kind "sqlite" }}
{{- if $database.username }}
- name: {{ .user }}
  value: {{ $database.username | quote }}
{{- else if and $database.existingSecret $database.secretKeys.username }}
{{ include "adk-agent.secretVariable" (dict "name" .user "secret" $database.existingSecret "key" $database.secretKeys.username) }}
{{- end }}
{{- if and $database.existingSecret $database.secretKeys.password }}
{{ include "adk-agent.secretVariable" (dict "name" .password "secret" $database.existingSecret "key" $database.secretKeys.password) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "adk-agent.applicationDatabaseEnv" -}}
{{- include "adk-agent.urlVariables" (dict "root" . "name" "SPRING_DATASOURCE_URL") | trim }}
{{ include "adk-agent.userVariables" (dict "root" . "user" "SPRING_DATASOURCE_USERNAME" "password" "SPRING_DATASOURCE_PASSWORD") | trim }}
{{- end }}

{{- /* Both images take user and password of the schema from the same variables; they call the URL differently. */}}
{{- define "adk-agent.migrationDatabaseEnv" -}}
{{- $own := .Values.migration.database }}
{{- $tool := .Values.migration.image.repository }}
{{- if and $own.existingSecret $own.secretKeys.url }}
{{- include "adk-agent.secretVariable" (dict "name" (ternary "DATABASE_URL" "ADK_MIGRATION_URL" (not (empty $tool))) "secret" $own.existingSecret "key" $own.secretKeys.url) }}
{{- if not $tool }}
{{ include "adk-agent.applicationDatabaseEnv" . }}
{{- end }}
{{- else if $tool }}
{{- include "adk-agent.urlVariables" (dict "root" . "name" "DATABASE_URL") | trim }}
{{- else }}
{{- include "adk-agent.applicationDatabaseEnv" . | trim }}
{{- end }}
{{- if $own.existingSecret }}
{{- with $own.secretKeys.username }}
{{ include "adk-agent.secretVariable" (dict "name" "ADK_MIGRATION_USER" "secret" $own.existingSecret "key" .) }}
{{- end }}
{{- with $own.secretKeys.password }}
{{ include "adk-agent.secretVariable" (dict "name" "ADK_MIGRATION_PASSWORD" "secret" $own.existingSecret "key" .) }}
{{- end }}
{{- else if $tool }}
{{ include "adk-agent.userVariables" (dict "root" . "user" "ADK_MIGRATION_USER" "password" "ADK_MIGRATION_PASSWORD") | trim }}
{{- end }}
{{- end }}

{{- /* An init container that goes on running: it is there before those that follow, and a job ends without it. */}}
{{- define "adk-agent.cloudSqlProxy" -}}
- name: cloud-sql-proxy
  image: {{ printf "%s:%s" .Values.cloudSqlProxy.image.repository .Values.cloudSqlProxy.image.tag }}
  restartPolicy: Always
  args:
    - --structured-logs
    - --health-check
    - --http-address=0.0.0.0
    - --port={{ include "adk-agent.databasePort" . }}
    {{- if .Values.cloudSqlProxy.privateIp }}
    - --private-ip
    {{- end }}
    {{- if .Values.cloudSqlProxy.autoIamAuthn }}
    - --auto-iam-authn
    {{- end }}
    {{- with .Values.cloudSqlProxy.extraArgs }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    - {{ .Values.cloudSqlProxy.instanceConnectionName | quote }}
  ports:
    - name: proxy-health
      containerPort: 9090
  startupProbe:
    httpGet:
      path: /startup
      port: proxy-health
    periodSeconds: 1
    failureThreshold: 60
  livenessProbe:
    httpGet:
      path: /liveness
      port: proxy-health
  securityContext:
    {{- toYaml .Values.securityContext | nindent 4 }}
  resources:
    {{- toYaml .Values.cloudSqlProxy.resources | nindent 4 }}
{{- end }}
