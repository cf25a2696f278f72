package io.llmservice.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.Controller;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.operator.apply.ChildApplier;
import io.llmservice.operator.apply.FieldManager;
import io.llmservice.operator.apply.GatewayKeys;
import io.llmservice.operator.http.ReadinessCheck;
import io.llmservice.operator.observe.ClusterObserver;
import io.llmservice.operator.observe.GatewayPods;
import io.llmservice.operator.observe.Informers;
import io.llmservice.operator.report.Announcements;
import io.llmservice.operator.report.ServiceEvents;
import io.llmservice.operator.report.ServiceMetrics;
import io.llmservice.operator.sagemaker.SageMakerTargets;
import io.llmservice.operator.settings.Settings;
import io.llmservice.operator.traffic.AwsTargets;
import io.llmservice.operator.traffic.DeadGateways;
import io.llmservice.operator.traffic.TrafficObserver;
import io.llmservice.planner.catalogue.InstanceCatalogue;
import io.llmservice.planner.catalogue.ModelCatalogue;
import io.llmservice.planner.decision.ServicePlanner;
import io.llmservice.planner.decision.SizedPlans;
import io.llmservice.planner.sagemaker.EndpointDesign;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** The controller put together: informers, planner, applier and reporter around one client. */
public final class LlmOperator implements ReadinessCheck, AutoCloseable {

    private static final String FINALIZER = "llmservice.io/teardown";
    private static final int LOST_LEASE = 3;

    /** Long enough for a reconcile under way to end. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    /** What no watch tells, such as a Secret that has gone, is noticed within this time. */
    private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofMinutes(10);

    private final Informers informers;
    private final AtomicBoolean leader = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Operator operator;
    private final KubernetesClient client;
    private final LlmServiceReconciler reconciler;
    private final Settings settings;
    private final AwsTargets aws;

    /**
     * @param instances instance types with the prices in force
     */
    public LlmOperator(
            KubernetesClient client,
            Settings settings,
            InstanceCatalogue instances,
            MeterRegistry meters,
            Clock clock) {
        this.client = client;
        this.settings = settings;
        var policy = settings.policy();
        var gateways = new GatewayPods(client, settings.gatewayNamespace());
        this.informers = new Informers(gateways);
        var planner = new ServicePlanner(policy, new SizedPlans(ModelCatalogue.load(), instances, policy));
        this.aws = settings.aws()
                .<AwsTargets>map(given -> new SageMakerTargets(
                        given, new EndpointDesign(policy.fallback().limits().managed(), instances), informers::wake))
                .orElseGet(AwsTargets::off);
        this.reconciler = new LlmServiceReconciler(
                new ClusterObserver(informers, client, policy, clock),
                planner,
                new ChildApplier(client),
                new TrafficObserver(gateways, planner, aws),
                new DeadGateways(gateways, new GatewayKeys(client)),
                new Announcements(new ServiceEvents(client, settings.instance()), new ServiceMetrics(meters)));
        this.operator = new Operator(configuration -> {
            configuration
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withReconciliationTerminationTimeout(STOP_PATIENCE)
                    .withMetrics(MicrometerMetrics.newMicrometerMetricsBuilder(meters)
                            .build());
            if (settings.leaderElection()) {
                configuration.withLeaderElectionConfiguration(lease());
            }
        });
    }

    /** Returns when every informer has its first answer; reconciling starts once this replica leads. */
    public void start() {
        informers.learnKinds(client);
        var registered = operator.register(reconciler, configuration -> {
            configuration
                    .withFinalizer(FINALIZER)
                    .withFieldManager(FieldManager.OPERATOR)
                    .withRetry(new GenericRetry()
                            .setInitialInterval(Duration.ofSeconds(1))
                            .setMaxInterval(Duration.ofMinutes(1).toMillis())
                            .withoutMaxAttempts())
                    .withReconciliationMaxInterval(LOOK_AT_LEAST_EVERY)
                    // A status written by another, and an annotation, are news as well.
                    .withGenerationAware(false);
            if (!settings.watchNamespaces().isEmpty()) {
                configuration.settingNamespaces(settings.watchNamespaces());
            }
        });
        informers.attach(((Controller<LlmService>) registered).getEventSourceManager());
        operator.start();
    }

    @Override
    public String name() {
        return "informers";
    }

    @Override
    public State state() {
        return informers.isReady()
                ? State.holds("in step with the cluster")
                : State.waiting("not in step with the cluster");
    }

    /** Whether this replica writes: always, unless replicas elect one. */
    public boolean isLeader() {
        return leader.get() || !settings.leaderElection();
    }

    /** What the cluster looks like from here; for the metrics API and for readiness. */
    public Informers informers() {
        return informers;
    }

    private LeaderElectionConfiguration lease() {
        return new LeaderElectionConfiguration(
                LeaderLease.NAME,
                settings.namespace(),
                LeaderElectionConfiguration.LEASE_DURATION_DEFAULT_VALUE,
                LeaderElectionConfiguration.RENEW_DEADLINE_DEFAULT_VALUE,
                LeaderElectionConfiguration.RETRY_PERIOD_DEFAULT_VALUE,
                settings.instance(),
                new LeaderCallbacks(() -> leader.set(true), this::stopLeading, name -> {}),
                // An exit from within the shutdown hook would wait for the hook itself.
                false);
    }

    /** A replica that has lost its lease must not go on writing; starting anew is the only clean way back. */
    private void stopLeading() {
        leader.set(false);
        if (!closing.get()) {
            Thread.ofPlatform().name("lost-lease").start(() -> System.exit(LOST_LEASE));
        }
    }

    @Override
    public void close() {
        closing.set(true);
        boolean led = leader.get();
        informers.close();
        operator.stop();
        aws.close();
        if (led) {
            new LeaderLease(client, settings).release();
        }
    }
}
