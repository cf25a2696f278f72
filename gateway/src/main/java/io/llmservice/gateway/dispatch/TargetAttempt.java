package io.llmservice.gateway.dispatch;

import io.llmservice.gateway.request.Usage;
import io.llmservice.gateway.spend.Reservation;

/** One request at one target; what it cost is settled at its end. */
final class TargetAttempt implements Attempt {

    private final ServicePolicy service;
    private final TargetRecord target;
    private final Reservation reservation;
    private final boolean trial;

    TargetAttempt(ServicePolicy service, TargetRecord target, Reservation reservation, boolean trial) {
        this.service = service;
        this.target = target;
        this.reservation = reservation;
        this.trial = trial;
    }

    @Override
    public void firstToken() {
        service.answered(target);
    }

    @Override
    public void end(Outcome outcome, Usage usage) {
        boolean counted = usage.total() > 0;
        switch (outcome) {
            case ANSWERED -> reservation.spend(usage);
            // Whoever left or was cut off before usage came is billed for what was produced, however little was seen.
            case CANCELLED, FAILED_MIDWAY -> {
                if (counted) {
                    reservation.spend(usage);
                } else {
                    reservation.spendEstimate();
                }
            }
            case FAILED_BEFORE_FIRST_BYTE, BUSY, GOING -> {
                if (counted) {
                    reservation.spend(usage);
                } else {
                    reservation.release();
                }
            }
        }
        service.end(target, trial, outcome);
    }
}
