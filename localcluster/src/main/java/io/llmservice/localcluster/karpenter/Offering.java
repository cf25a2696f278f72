package io.llmservice.localcluster.karpenter;

/**
 * What can be out of stock: an instance type bought in one way, in all zones.
 *
 * @param instanceType such as {@code p4d.24xlarge}
 * @param capacityType {@code spot} or {@code on-demand}
 */
public record Offering(String instanceType, String capacityType) {}
