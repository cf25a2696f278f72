{{/* Name of every object of the release. */}}
{{- define "llmservice.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* app.kubernetes.io/name is fixed: the NetworkPolicies of models admit the operator by it. */}}
{{- define "llmservice.selectorLabels" -}}
app.kubernetes.io/name: llmservice-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "llmservice.labels" -}}
{{ include "llmservice.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/component: operator
app.kubernetes.io/part-of: llmservice
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "llmservice.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "llmservice.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- required "serviceAccount.create is false: set serviceAccount.name" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "llmservice.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "llmservice.servesMetrics" -}}
{{- if ne .Values.metricsApi.mode "disabled" }}true{{ end -}}
{{- end -}}

{{/* Service in front of the metrics API; its certificate is in the Secret of this name with -tls. */}}
{{- define "llmservice.metricsService" -}}
{{- printf "%s-metrics" (include "llmservice.fullname" .) -}}
{{- end -}}

{{/* Subject of every binding. */}}
{{- define "llmservice.subject" -}}
- kind: ServiceAccount
  name: {{ include "llmservice.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end -}}

{{/* Rights on objects in the namespaces of LlmServices. */}}
{{- define "llmservice.namespacedRules" -}}
- apiGroups: [llmservice.io]
  resources: [llmservices]
  verbs: [get, list, watch, patch, update]
- apiGroups: [llmservice.io]
  resources: [llmservices/status]
  verbs: [get, patch, update]
- apiGroups: [llmservice.io]
  # Owner references that block deletion ask for it.
  resources: [llmservices/finalizers]
  verbs: [update]
- apiGroups: [""]
  resources: [services, serviceaccounts]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch]
- apiGroups: [""]
  # What a spec refers to: looked up by name, never listed.
  resources: [secrets, configmaps, persistentvolumeclaims]
  verbs: [get]
- apiGroups: [apps]
  resources: [deployments, controllerrevisions]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [monitoring.coreos.com]
  resources: [podmonitors]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create]
{{- end -}}

{{/* Rights on objects outside namespaces. */}}
{{- define "llmservice.clusterRules" -}}
- apiGroups: [""]
  resources: [nodes]
  verbs: [get, list, watch]
- apiGroups: [karpenter.sh]
  resources: [nodepools]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [karpenter.sh]
  resources: [nodeclaims]
  verbs: [get, list, watch]
- apiGroups: [karpenter.k8s.aws]
  resources: [ec2nodeclasses]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [eks.amazonaws.com]
  resources: [nodeclasses]
  verbs: [get]
- apiGroups: [karpenter.kwok.sh]
  resources: [kwoknodeclasses]
  verbs: [get]
- apiGroups: [apiextensions.k8s.io]
  # Which of the kinds it makes the cluster knows; one watch for each name.
  resources: [customresourcedefinitions]
  resourceNames:
    - nodepools.karpenter.sh
    - nodeclaims.karpenter.sh
    - ec2nodeclasses.karpenter.k8s.aws
    - podmonitors.monitoring.coreos.com
  verbs: [get, list, watch]
- apiGroups: [apiregistration.k8s.io]
  # Looks whose they are; what it made before goes when metricsApi.mode becomes disabled.
  resources: [apiservices]
  resourceNames: [v1beta1.custom.metrics.k8s.io, v1beta2.custom.metrics.k8s.io]
  verbs: [get, update, delete]
{{- if include "llmservice.servesMetrics" . }}
- apiGroups: [apiregistration.k8s.io]
  # A name cannot be held against what does not exist yet.
  resources: [apiservices]
  verbs: [create]
- apiGroups: [rbac.authorization.k8s.io]
  # Owner of the APIServices that it makes, so that they go with the release.
  resources: [clusterroles]
  resourceNames: [{{ include "llmservice.fullname" . }}]
  verbs: [get]
- apiGroups: [authorization.k8s.io]
  # Whether who asks for metrics may have them.
  resources: [subjectaccessreviews]
  verbs: [create]
{{- end }}
{{- end -}}

{{/* Name of every object of the gateway; the Service's is part of the address that clients use. */}}
{{- define "llmservice.gateway.fullname" -}}
{{- default (printf "%s-gateway" (include "llmservice.fullname" .)) .Values.gateway.name -}}
{{- end -}}

{{/* app.kubernetes.io/name is fixed: the NetworkPolicies of models admit the gateway by it. */}}
{{- define "llmservice.gateway.selectorLabels" -}}
app.kubernetes.io/name: llmservice-gateway
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "llmservice.gateway.labels" -}}
{{ include "llmservice.gateway.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/component: gateway
app.kubernetes.io/part-of: llmservice
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "llmservice.gateway.serviceAccountName" -}}
{{- if .Values.gateway.serviceAccount.create -}}
{{- default (include "llmservice.gateway.fullname" .) .Values.gateway.serviceAccount.name -}}
{{- else -}}
{{- required "gateway.serviceAccount.create is false: set gateway.serviceAccount.name" .Values.gateway.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "llmservice.gateway.image" -}}
{{- $image := .Values.gateway.image -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $image.repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $image.repository (default .Chart.AppVersion $image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "llmservice.gateway.subject" -}}
- kind: ServiceAccount
  name: {{ include "llmservice.gateway.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end -}}

{{/* Rights of the gateway in the namespaces of LlmServices: it reads, and writes its own entry of status. */}}
{{- define "llmservice.gateway.rules" -}}
- apiGroups: [llmservice.io]
  resources: [llmservices]
  verbs: [get, list, watch]
- apiGroups: [llmservice.io]
  resources: [llmservices/status]
  verbs: [patch]
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch]
- apiGroups: [""]
  # API keys, of clients and of fallback targets: looked up by the name that a spec gives, never listed.
  resources: [secrets]
  verbs: [get]
{{- end -}}

{{/* The least policy of the operator's role for what is switched on. */}}
{{- define "llmservice.iamPolicy" -}}
{{- $region := default "*" .Values.aws.region -}}
{{- $arn := printf "arn:aws:sagemaker:%s:*" $region -}}
{{- $prefix := printf "llm-%s-*" .Values.clusterId -}}
{{- $statements := list -}}
{{- with .Values.allowed.fallback.sageMakerEndpoints -}}
{{- $resources := list (printf "%s:inference-component/*" $arn) -}}
{{- range . -}}
{{- $resources = append $resources (printf "%s:endpoint/%s" $arn (splitList "=" . | last)) -}}
{{- end -}}
{{- $statements = append $statements (dict "Effect" "Allow" "Action" (list "sagemaker:DescribeEndpoint" "sagemaker:DescribeInferenceComponent") "Resource" $resources) -}}
{{- end -}}
{{- if .Values.allowed.fallback.instanceTypes -}}
{{- $actions := list "sagemaker:AddTags" "sagemaker:ListTags" -}}
{{- range $kind := list "Model" "EndpointConfig" "Endpoint" "InferenceComponent" -}}
{{- range $verb := list "Create" "Describe" "Delete" -}}
{{- $actions = append $actions (printf "sagemaker:%s%s" $verb $kind) -}}
{{- end -}}
{{- end -}}
{{- $actions = concat $actions (list "sagemaker:UpdateEndpoint" "sagemaker:UpdateInferenceComponent") -}}
{{- $resources := list -}}
{{- range $kind := list "model" "endpoint-config" "endpoint" "inference-component" -}}
{{- $resources = append $resources (printf "%s:%s/%s" $arn $kind $prefix) -}}
{{- end -}}
{{- $statements = append $statements (dict "Effect" "Allow" "Action" $actions "Resource" $resources) -}}
{{- $roles := list -}}
{{- range .Values.allowed.fallback.executionRoles -}}
{{- $roles = append $roles (splitList "=" . | last) -}}
{{- end -}}
{{- with .Values.aws.sageMaker.executionRole -}}
{{- $roles = append $roles . -}}
{{- end -}}
{{- if $roles -}}
{{- $statements = append $statements (dict "Effect" "Allow" "Action" "iam:PassRole" "Resource" $roles "Condition" (dict "StringEquals" (dict "iam:PassedToService" "sagemaker.amazonaws.com"))) -}}
{{- end -}}
{{- end -}}
{{- toPrettyJson (dict "Version" "2012-10-17" "Statement" $statements) -}}
{{- end -}}
