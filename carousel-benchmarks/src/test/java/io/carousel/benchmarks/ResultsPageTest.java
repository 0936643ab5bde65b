package io.carousel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResultsPageTest {
    private static final String PAGE = """
            # Results

            ## Tagging
            Words.

            | set | protocol | Carousel |
            |---|---|---|
            | a | F1 | 90 |
            | b | F1 | 80 |

            ## Language models

            | set | protocol | Carousel |
            |---|---|---|
            """;

    @Test
    void replacesTheRowOfTheSameSetAndProtocol() {
        assertThat(ResultsPage.with(PAGE, "Tagging", "| b | F1 | 85 |"))
                .isEqualTo(PAGE.replace("| b | F1 | 80 |", "| b | F1 | 85 |"));
    }

    @Test
    void putsAnotherProtocolAtTheEndOfItsTable() {
        assertThat(ResultsPage.with(PAGE, "Tagging", "| b | accuracy | 95 |"))
                .isEqualTo(PAGE.replace("| b | F1 | 80 |", "| b | F1 | 80 |\n| b | accuracy | 95 |"));
    }

    @Test
    void beginsATableThatIsEmpty() {
        assertThat(ResultsPage.with(PAGE, "Language models", "| ptb | words | 114 |"))
                .isEqualTo(PAGE + "| ptb | words | 114 |\n");
    }

    @Test
    void refusesASectionThatThePageDoesNotHave() {
        assertThatThrownBy(() -> ResultsPage.with(PAGE, "Speech", "| a | b | c |"))
                .hasMessage("page must have a table under the heading \"Speech\", got none; write its head first");
    }
}
