module llmservice.io/localcluster/crds

go 1.24.0

require (
	github.com/aws/karpenter-provider-aws v1.14.1
	github.com/prometheus-operator/prometheus-operator v0.85.0
)
