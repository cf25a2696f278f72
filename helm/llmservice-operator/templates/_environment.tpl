{{/* Every setting of the operator as an environment variable. */}}
{{- define "llmservice.environment" -}}
- name: POD_NAMESPACE
  valueFrom:
    fieldRef: {fieldPath: metadata.namespace}
- name: POD_NAME
  valueFrom:
    fieldRef: {fieldPath: metadata.name}
- name: POD_IP
  valueFrom:
    fieldRef: {fieldPath: status.podIP}
- name: LOG_FORMAT
  value: {{ .Values.logFormat | quote }}
- name: LOG_LEVEL
  value: {{ .Values.logLevel | quote }}
- name: WATCH_NAMESPACES
  value: {{ join "," .Values.watchNamespaces | quote }}
- name: LEADER_ELECTION
  value: {{ .Values.leaderElection | quote }}
- name: BIND_ADDRESS
  value: {{ .Values.http.bindAddress | quote }}
- name: HTTP_PORT
  value: {{ .Values.http.port | quote }}
- name: METRICS_API_MODE
  value: {{ .Values.metricsApi.mode | quote }}
- name: METRICS_API_SERVICE
  value: {{ include "llmservice.metricsService" . }}
{{- if include "llmservice.servesMetrics" . }}
- name: METRICS_API_PORT
  value: {{ .Values.metricsApi.port | quote }}
- name: METRICS_API_OWNER_CLUSTER_ROLE
  value: {{ include "llmservice.fullname" . }}
{{- end }}
- name: ALLOWED_IMAGES
  value: {{ join "," .Values.allowed.images | quote }}
- name: ALLOWED_INSTANCE_TYPES
  value: {{ join "," .Values.allowed.instanceTypes | quote }}
- name: ALLOWED_SERVICE_ACCOUNTS
  value: {{ join "," .Values.allowed.serviceAccounts | quote }}
- name: ALLOWED_ROLES
  value: {{ join "," .Values.allowed.roles | quote }}
- name: ALLOWED_NODE_CLASSES
  value: {{ join "," .Values.allowed.nodeClasses | quote }}
- name: ALLOWED_ENGINE_FLAGS
  value: {{ join "," .Values.allowed.engineFlags | quote }}
- name: ALLOWED_ENVIRONMENT
  value: {{ join "," .Values.allowed.environment | quote }}
- name: ALLOWED_FALLBACK_HOSTS
  value: {{ join "," .Values.allowed.fallback.hosts | quote }}
- name: ALLOWED_SAGEMAKER_ENDPOINTS
  value: {{ join "," .Values.allowed.fallback.sageMakerEndpoints | quote }}
- name: ALLOWED_BEDROCK_MODELS
  value: {{ join "," .Values.allowed.fallback.bedrockModels | quote }}
- name: ALLOWED_SAGEMAKER_INSTANCE_TYPES
  value: {{ join "," .Values.allowed.fallback.instanceTypes | quote }}
- name: ALLOWED_SAGEMAKER_EXECUTION_ROLES
  value: {{ join "," .Values.allowed.fallback.executionRoles | quote }}
- name: ALLOWED_SAGEMAKER_IMAGES
  value: {{ join "," .Values.allowed.fallback.images | quote }}
- name: GATEWAY_NAMESPACE
  value: {{ .Release.Namespace }}
- name: AWS_ENABLED
  value: {{ .Values.aws.enabled | quote }}
{{- if .Values.aws.enabled }}
- name: CLUSTER_ID
  value: {{ required "aws.enabled is true: set clusterId, unlike that of every other cluster of the AWS account" .Values.clusterId | quote }}
{{- end }}
{{- with .Values.aws.region }}
- name: AWS_REGION
  value: {{ . | quote }}
{{- end }}
{{- with .Values.aws.sageMaker.url }}
- name: SAGEMAKER_URL
  value: {{ . | quote }}
{{- end }}
{{- with .Values.aws.sageMaker.executionRole }}
- name: SAGEMAKER_EXECUTION_ROLE
  value: {{ . | quote }}
{{- end }}
{{- with .Values.aws.sageMaker.image }}
- name: SAGEMAKER_IMAGE
  value: {{ . | quote }}
{{- end }}
- name: ENGINE_IMAGE
  value: {{ .Values.engine.image | quote }}
- name: ENGINE_VERSION
  value: {{ .Values.engine.version | quote }}
{{- with .Values.nodeClass }}
- name: NODE_CLASS
  value: {{ toJson . | quote }}
{{- end }}
- name: MAX_GPUS_PER_NAMESPACE
  value: {{ int .Values.maxGpusPerNamespace | quote }}
{{- with .Values.requiredSecretLabel }}
- name: REQUIRED_SECRET_LABEL
  value: {{ . | quote }}
{{- end }}
{{- if .Values.prices }}
- name: PRICES_FILE
  value: /etc/llmservice/prices.csv
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}
