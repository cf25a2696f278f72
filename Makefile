# The commands of this project; `make help` lists them.

MAVEN      ?= mvn
# Maven may run on an older JDK; its toolchain finds this one by the variable's name.
export JAVA25_HOME := $(shell build/java25 2>/dev/null)
JAVA       := $(JAVA25_HOME)/bin/java

DEMO          := $(JAVA) -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp 'demo/target/demo/lib/*'
DEMO_MAIN     := io.llmservice.demo.DemoCommand
CLUSTER_MAIN  := io.llmservice.localcluster.ClusterCommand
IMAGE         ?= llmservice-operator:0.1.0
GATEWAY_IMAGE ?= llmservice-gateway:0.1.0

.DEFAULT_GOAL := help
.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: build
build: java ## Compile and package everything, without tests
	$(MAVEN) -q -B -DskipTests package

.PHONY: test
test: binaries ## Run every test, with a real API server and Karpenter on loopback
	$(MAVEN) -B verify

.PHONY: test-fast
test-fast: java ## Run the tests that need no cluster
	$(MAVEN) -q -B test

.PHONY: demo
demo: package ## Show it all on this machine: a model from manifest to deletion
	@$(DEMO) $(DEMO_MAIN) demo

.PHONY: cluster
cluster: package ## Start a local cluster with the operator and leave it running
	@$(DEMO) $(DEMO_MAIN) up

.PHONY: cluster-down
cluster-down: java ## End the local cluster, whatever state it is in
	@test -d demo/target/demo/lib || $(MAVEN) -q -B -DskipTests package
	@$(DEMO) $(DEMO_MAIN) down

.PHONY: bench-gateway
bench-gateway: package ## Measure the gateway beside nginx and HAProxy on loopback, about eight minutes
	@$(JAVA) -XX:+UseSerialGC -cp 'bench/target/bench/lib/*' io.llmservice.bench.GatewayBench

.PHONY: binaries
binaries: package ## Fetch or build the programs of the local cluster; slow the first time
	@echo 'Programs of the local cluster (what is not cached is built once, about 15 minutes on two cores):'
	@$(DEMO) $(CLUSTER_MAIN) prefetch

.PHONY: generate
generate: java ## Write the CRD and docs/api.md anew from the API's records
	$(MAVEN) -q -B -pl crds test -Dgenerate=true -Dtest='CrdTest,ApiReferenceTest'

.PHONY: docs
docs: java ## Write docs/api.md and docs/fallback-targets.md anew from the code
	$(MAVEN) -q -B -pl crds test -Dgenerate=true -Dtest=ApiReferenceTest
	$(MAVEN) -q -B -pl gateway -am test -Dgenerate=true -Dtest=CarriageTest -Dsurefire.failIfNoSpecifiedTests=false

.PHONY: format
format: java ## Format the Java sources
	$(MAVEN) -q -B spotless:apply

.PHONY: image
image: build ## Build both container images (IMAGE=name:tag GATEWAY_IMAGE=name:tag)
	docker build --target operator -t $(IMAGE) .
	docker build --target gateway -t $(GATEWAY_IMAGE) .

.PHONY: chart
chart: ## Check the Helm chart (needs helm)
	helm lint --strict --kube-version 1.34.0 helm/llmservice-operator

.PHONY: clean
clean: ## Remove what builds have made
	$(MAVEN) -q -B clean

# A build says what it does: the first one downloads its libraries.
.PHONY: package
package: java
	@echo 'Packaging (a minute or two the first time)'
	@$(MAVEN) -q -B -DskipTests package

.PHONY: java
java:
	@build/java25 >/dev/null
