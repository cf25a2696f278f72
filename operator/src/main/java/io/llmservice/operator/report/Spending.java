package io.llmservice.operator.report;

import io.llmservice.api.v1alpha1.FallbackBudget;
import io.llmservice.api.v1alpha1.FallbackSpec;
import io.llmservice.api.v1alpha1.FallbackStatus;
import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.api.v1alpha1.Spend;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the fallback has cost today, and which reports still say something about money. */
public final class Spending {

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final BigDecimal MICRO = BigDecimal.valueOf(1_000_000);

    private Spending() {}

    /** The sum over all replicas, those that have gone too: a restart must not give a budget back. */
    static FallbackStatus today(FallbackSpec fallback, Collection<GatewayReport> reports, Instant now) {
        var today = DAY.format(now);
        var spends = reports.stream()
                .flatMap(report -> Optional.ofNullable(report.day()).stream())
                .filter(spend -> spend.window().equals(today))
                .toList();
        long micro = spends.stream().mapToLong(Spend::microUsd).sum();
        return new FallbackStatus(
                usd(micro) + bound(fallback.budget()),
                spends.stream().mapToLong(Spend::requests).sum(),
                spends.stream().mapToLong(Spend::tokens).sum(),
                today);
    }

    /** Whether a report can go without anybody's budget growing. */
    public static boolean isOver(GatewayReport report, Instant now) {
        return isOver(report.hour(), HOUR.format(now)) && isOver(report.day(), DAY.format(now));
    }

    private static boolean isOver(@Nullable Spend spend, String window) {
        return spend == null
                || spend.window().compareTo(window) < 0
                || (spend.microUsd() == 0 && spend.tokens() == 0 && spend.requests() == 0);
    }

    private static String bound(@Nullable FallbackBudget budget) {
        return budget == null || budget.usdPerDay() == null
                ? ""
                : " of " + plain(BigDecimal.valueOf(budget.usdPerDay())) + " USD";
    }

    private static String usd(long micro) {
        return plain(BigDecimal.valueOf(micro).divide(MICRO, 4, RoundingMode.HALF_UP)) + " USD";
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
