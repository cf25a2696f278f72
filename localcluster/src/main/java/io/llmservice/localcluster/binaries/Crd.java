package io.llmservice.localcluster.binaries;

/** The custom resource definitions that can be installed, each read from the Go module that publishes it. */
public enum Crd {
    NODE_POOLS("nodepools.karpenter.sh", Source.KARPENTER_AWS, "karpenter.sh_nodepools.yaml"),
    NODE_CLAIMS("nodeclaims.karpenter.sh", Source.KARPENTER_AWS, "karpenter.sh_nodeclaims.yaml"),
    NODE_OVERLAYS("nodeoverlays.karpenter.sh", Source.KARPENTER_AWS, "karpenter.sh_nodeoverlays.yaml"),
    EC2_NODE_CLASSES("ec2nodeclasses.karpenter.k8s.aws", Source.KARPENTER_AWS, "karpenter.k8s.aws_ec2nodeclasses.yaml"),
    KWOK_NODE_CLASSES(
            "kwoknodeclasses.karpenter.kwok.sh", Source.KARPENTER_KWOK, "karpenter.kwok.sh_kwoknodeclasses.yaml"),
    POD_MONITORS(
            "podmonitors.monitoring.coreos.com", Source.PROMETHEUS_OPERATOR, "monitoring.coreos.com_podmonitors.yaml"),
    PROMETHEUS_RULES(
            "prometheusrules.monitoring.coreos.com",
            Source.PROMETHEUS_OPERATOR,
            "monitoring.coreos.com_prometheusrules.yaml");

    private final String objectName;
    private final Source source;
    private final String fileName;

    Crd(String objectName, Source source, String fileName) {
        this.objectName = objectName;
        this.source = source;
        this.fileName = fileName;
    }

    /** The name of the CustomResourceDefinition object. */
    public String objectName() {
        return objectName;
    }

    Source source() {
        return source;
    }

    String fileName() {
        return fileName;
    }

    /** The Go modules that carry the files. */
    enum Source {
        KARPENTER_AWS("crds", "github.com/aws/karpenter-provider-aws", "pkg/apis/crds"),
        KARPENTER_KWOK("karpenter", "sigs.k8s.io/karpenter", "kwok/apis/crds"),
        PROMETHEUS_OPERATOR(
                "crds", "github.com/prometheus-operator/prometheus-operator", "example/prometheus-operator-crd");

        private final String toolModule;
        private final String goModule;
        private final String directory;

        Source(String toolModule, String goModule, String directory) {
            this.toolModule = toolModule;
            this.goModule = goModule;
            this.directory = directory;
        }

        ToolModule toolModule() {
            return ToolModule.named(toolModule);
        }

        String goModule() {
            return goModule;
        }

        /** The directory of the files inside the module. */
        String directory() {
            return directory;
        }

        String version() {
            return toolModule().requiredVersion(goModule);
        }

        /** The cache's directory for this source, such as {@code crds-prometheus-operator-v0.85.0}. */
        String cacheName() {
            return "crds-" + goModule.substring(goModule.lastIndexOf('/') + 1) + "-" + version();
        }
    }
}
