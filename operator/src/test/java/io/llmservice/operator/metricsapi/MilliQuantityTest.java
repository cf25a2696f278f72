package io.llmservice.operator.metricsapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MilliQuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "20, 20",
        "0.4567, 457m",
        "0.5, 500m",
        "1, 1",
        "6.6666666, 6667m",
        "1500, 1500",
        "2000, 2k",
        "0.0004, 0",
        "1e300, 9223372036854775807m",
    })
    void isWrittenInCanonicalForm(double value, String expected) {
        assertThat(MilliQuantity.of(value).text()).isEqualTo(expected);
    }

    @Property
    void isReadBackAsTheSame(@ForAll @LongRange(min = 0) long millis) {
        assertThat(new Quantity(new MilliQuantity(millis).text()).getNumericalAmount())
                .isEqualByComparingTo(BigDecimal.valueOf(millis, 3));
    }
}
