//go:build tools

// Package tools pins the etcd that the local cluster builds when no official binary is at hand.
package tools

import _ "go.etcd.io/etcd/server/v3"
