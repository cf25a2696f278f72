/**
 * What is known before anything runs: model architectures, GPUs, EC2 instance types and their prices, read once from resources that carry
 * their sources and dates, and looked up without side effects.
 */
@NullMarked
package io.llmservice.planner.catalogue;

import org.jspecify.annotations.NullMarked;
