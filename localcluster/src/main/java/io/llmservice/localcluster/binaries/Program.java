package io.llmservice.localcluster.binaries;

import java.util.Optional;

/** The programs that the local cluster runs: where each is built from and what a first build costs. */
public enum Program {
    KUBE_APISERVER("kube-apiserver", "kubernetes", "k8s.io/kubernetes", "cmd/kube-apiserver", "about 7 minutes"),
    KUBE_CONTROLLER_MANAGER(
            "kube-controller-manager",
            "kubernetes",
            "k8s.io/kubernetes",
            "cmd/kube-controller-manager",
            "about 2 minutes"),
    KUBE_SCHEDULER("kube-scheduler", "kubernetes", "k8s.io/kubernetes", "cmd/kube-scheduler", "about 10 seconds"),
    ETCD("etcd", "etcd", "go.etcd.io/etcd/server/v3", "", "about 1 minute"),
    KARPENTER("karpenter-kwok", "karpenter", "sigs.k8s.io/karpenter", "kwok", "about 3 minutes"),
    HELM("helm", "helm", "helm.sh/helm/v3", "cmd/helm", "about 2 minutes");

    private final String fileName;
    private final String toolModule;
    private final String goModule;
    private final String packageInModule;
    private final String firstBuild;

    Program(String fileName, String toolModule, String goModule, String packageInModule, String firstBuild) {
        this.fileName = fileName;
        this.toolModule = toolModule;
        this.goModule = goModule;
        this.packageInModule = packageInModule;
        this.firstBuild = firstBuild;
    }

    /** The name of the executable, as the official distributions have it. */
    public String fileName() {
        return fileName;
    }

    /** The version that the tool module requires, such as {@code v1.34.4}. */
    public String version() {
        return ToolModule.named(toolModule).requiredVersion(goModule);
    }

    ToolModule toolModule() {
        return ToolModule.named(toolModule);
    }

    String goPackage() {
        return packageInModule.isEmpty() ? goModule : goModule + "/" + packageInModule;
    }

    /** The Go module that the program is part of. */
    String goModule() {
        return goModule;
    }

    String goModuleAndVersion() {
        return goModule + "@" + version();
    }

    /** Karpenter serves metrics and health on all addresses and has no setting for that; here it stays on loopback. */
    Optional<SourcePatch> patch() {
        return this == KARPENTER
                ? Optional.of(new SourcePatch(
                        "loopback",
                        "pkg/operator/operator.go",
                        "fmt.Sprintf(\":%d\", options.FromContext(ctx)",
                        "fmt.Sprintf(\"127.0.0.1:%d\", options.FromContext(ctx)"))
                : Optional.empty();
    }

    /** The cache's directory for this program, such as {@code etcd-v3.6.16}. */
    String cacheName() {
        return fileName + "-" + version()
                + patch().map(patch -> "-" + patch.name()).orElse("");
    }

    /** How long a build takes on two cores when nothing is cached (measured on a 2-core Linux machine). */
    String firstBuild() {
        return firstBuild;
    }

    /** Kubernetes programs report the version that the linker gives them, {@code v0.0.0-master} otherwise. */
    String linkerFlags() {
        return toolModule.equals("kubernetes")
                ? "-s -w -X k8s.io/component-base/version.gitVersion=" + version()
                : "-s -w";
    }
}
