{{/* Every setting of the gateway as an environment variable. */}}
{{- define "llmservice.gateway.environment" -}}
- name: POD_NAMESPACE
  valueFrom:
    fieldRef: {fieldPath: metadata.namespace}
- name: POD_NAME
  valueFrom:
    fieldRef: {fieldPath: metadata.name}
- name: POD_IP
  valueFrom:
    fieldRef: {fieldPath: status.podIP}
- name: REPLICA_SELECTOR
  value: {{ printf "app.kubernetes.io/name=llmservice-gateway,app.kubernetes.io/instance=%s" .Release.Name | quote }}
- name: LOG_FORMAT
  value: {{ .Values.logFormat | quote }}
- name: LOG_LEVEL
  value: {{ .Values.logLevel | quote }}
- name: WATCH_NAMESPACES
  value: {{ join "," .Values.watchNamespaces | quote }}
- name: BIND_ADDRESS
  value: {{ .Values.gateway.bindAddress | quote }}
- name: HTTP_PORT
  value: {{ .Values.gateway.port | quote }}
- name: METRICS_PORT
  value: {{ .Values.gateway.metricsPort | quote }}
{{- with .Values.requiredSecretLabel }}
- name: REQUIRED_SECRET_LABEL
  value: {{ . | quote }}
{{- end }}
- name: DRAIN_SECONDS
  value: {{ int .Values.gateway.drainSeconds | quote }}
- name: ALLOWED_FALLBACK_HOSTS
  value: {{ join "," .Values.allowed.fallback.hosts | quote }}
- name: ALLOWED_SAGEMAKER_ENDPOINTS
  value: {{ join "," .Values.allowed.fallback.sageMakerEndpoints | quote }}
- name: ALLOWED_BEDROCK_MODELS
  value: {{ join "," .Values.allowed.fallback.bedrockModels | quote }}
{{- with .Values.gateway.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}
