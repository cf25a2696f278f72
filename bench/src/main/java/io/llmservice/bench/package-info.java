/**
 * Benchmarks of the gateway: mock model servers and clients in this process, the proxies under test as processes of their
 * own, whose CPU time and memory the kernel counts. Everything on loopback and bounded in time.
 */
@NullMarked
package io.llmservice.bench;

import org.jspecify.annotations.NullMarked;
