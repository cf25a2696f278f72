//go:build tools

// Package tools pins Karpenter with its simulated cloud.
package tools

import _ "sigs.k8s.io/karpenter/kwok"
