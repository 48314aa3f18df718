{{- define "adk-agent.migrationImage" -}}
{{- $image := .Values.migration.image }}
{{- if not $image.repository }}
{{- include "adk-agent.image" . }}
{{- else if $image.digest }}
{{- printf "%s@%s" $image.repository $image.digest }}
{{- else }}
{{- printf "%s:%s" $image.repository $image.tag }}
{{- end }}
{{- end }}

{{- define "adk-agent.migrationPullPolicy" -}}
{{- ternary .Values.migration.image.pullPolicy .Values.image.pullPolicy (not (empty .Values.migration.image.repository)) }}
{{- end }}

{{- define "adk-agent.migrationServiceAccountName" -}}
{{- if .Values.migration.serviceAccount.create }}
{{- default (printf "%s-migration" (include "adk-agent.fullname" .)) .Values.migration.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.migration.serviceAccount.name }}
{{- end }}
{{- end }}

{{- /* A verb as the image that migrates wants it: "verb", and "version" for downgrade. */}}
{{- define "adk-agent.verbArguments" -}}
{{- if .root.Values.migration.image.repository }}
- {{ .verb }}
{{- with .version }}
- --to-app-version
- {{ . | quote }}
{{- end }}
{{- else }}
- --adk.migration.job={{ .verb }}
{{- with .version }}
- {{ printf "--adk.migration.job.to-app-version=%s" . | quote }}
{{- end }}
{{- end }}
{{- with .root.Values.migration.args }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "adk-agent.migrationEnvironment" -}}
{{- with .Values.envFrom }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
env:
  {{- include "adk-agent.commonEnv" . | trim | nindent 2 }}
  {{- include "adk-agent.migrationDatabaseEnv" . | trim | nindent 2 }}
{{- end }}

{{- /* The whole of a job behind its metadata; wants what adk-agent.verbArguments wants. */}}
{{- define "adk-agent.jobSpec" -}}
{{- $migration := .root.Values.migration -}}
backoffLimit: {{ $migration.backoffLimit }}
activeDeadlineSeconds: {{ $migration.activeDeadlineSeconds }}
ttlSecondsAfterFinished: {{ $migration.ttlSecondsAfterFinished }}
podFailurePolicy:
  rules:
    # A drained node is no failed try.
    - action: Ignore
      onPodConditions:
        - type: DisruptionTarget
    # Wrong setting, verification, not recognised, refused, quarantine: another try gives the same answer.
    - action: FailJob
      onExitCodes:
        containerName: migrate
        operator: In
        values: [2, 5, 6, 7, 8]
template:
  metadata:
    labels:
      {{- include "adk-agent.migrationLabels" .root | nindent 6 }}
      {{- include "adk-agent.commonLabels" .root | nindent 6 }}
      {{- with .root.Values.podLabels }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    {{- with $migration.podAnnotations }}
    annotations:
      {{- toYaml . | nindent 6 }}
    {{- end }}
  spec:
    restartPolicy: Never
    serviceAccountName: {{ include "adk-agent.migrationServiceAccountName" .root }}
    {{- include "adk-agent.podSettings" .root | trim | nindent 4 }}
    {{- if .root.Values.cloudSqlProxy.enabled }}
    initContainers:
      {{- include "adk-agent.cloudSqlProxy" .root | trim | nindent 6 }}
    {{- end }}
    containers:
      - name: migrate
        image: {{ include "adk-agent.migrationImage" .root }}
        imagePullPolicy: {{ include "adk-agent.migrationPullPolicy" .root }}
        {{- with $migration.command }}
        command:
          {{- toYaml . | nindent 10 }}
        {{- end }}
        args:
          {{- include "adk-agent.verbArguments" . | trim | nindent 10 }}
        {{- include "adk-agent.migrationEnvironment" .root | trim | nindent 8 }}
        # The last words of a failed migration stand in the status of its pod.
        terminationMessagePath: /dev/termination-log
        terminationMessagePolicy: FallbackToLogsOnError
        securityContext:
          {{- toYaml .root.Values.securityContext | nindent 10 }}
        resources:
          {{- toYaml $migration.resources | nindent 10 }}
        {{- include "adk-agent.volumeMounts" .root | trim | nindent 8 }}
    {{- include "adk-agent.volumes" .root | trim | nindent 4 }}
{{- end }}

{{- /* Repeats "check" until nothing is pending. What waiting cannot change ends it at once. */}}
{{- define "adk-agent.waitForSchema" -}}
{{- $wait := .Values.migration.wait }}
{{- $jar := ternary "adk-migrate.jar" "application.jar" (not (empty .Values.migration.image.repository)) }}
- name: wait-for-schema
  image: {{ include "adk-agent.migrationImage" . }}
  imagePullPolicy: {{ include "adk-agent.migrationPullPolicy" . }}
  command:
    - sh
    - -c
    - |
      end=$(($(date +%s) + {{ int $wait.limitSeconds }}))
      while :; do
        code=0
        "$@" || code=$?
        case $code in
          0) exit 0 ;;
          2|5|6|7|8) exit $code ;;
        esac
        if [ "$(date +%s)" -ge "$end" ]; then
          echo "The schema was not there after {{ int $wait.limitSeconds }} s; the last look ended with exit code $code." >&2
          exit $code
        fi
        sleep {{ int $wait.intervalSeconds }}
      done
    - wait-for-schema
  args:
    {{- toYaml ($wait.command | default .Values.migration.command | default (list "java" "-jar" $jar)) | nindent 4 }}
    {{- include "adk-agent.verbArguments" (dict "root" . "verb" "check") | trim | nindent 4 }}
  {{- include "adk-agent.migrationEnvironment" . | trim | nindent 2 }}
  terminationMessagePolicy: FallbackToLogsOnError
  securityContext:
    {{- toYaml .Values.securityContext | nindent 4 }}
  resources:
    {{- toYaml .Values.migration.resources | nindent 4 }}
  {{- include "adk-agent.volumeMounts" . | trim | nindent 2 }}
{{- end }}

{{- define "adk-agent.waits" -}}
{{- if or (has .Values.migration.mode (list "job" "init-container")) (and .Values.migration.wait.enabled (ne .Values.migration.mode "on-start")) -}}
true
{{- end }}
{{- end }}
