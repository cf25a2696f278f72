/** An etcd, API server, controller manager and scheduler on loopback, with certificates, RBAC and an audit log of their own. */
@NullMarked
package io.llmservice.localcluster.controlplane;

import org.jspecify.annotations.NullMarked;
