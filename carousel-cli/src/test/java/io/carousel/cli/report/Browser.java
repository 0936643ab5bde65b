package io.carousel.cli.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real headless browser with one page open; the test is skipped where there is none. */
final class Browser implements AutoCloseable {
    private final ChromeDriver driver;
    private final Logger chatter; // held, or the level set on it is forgotten
    private final Path page;

    private Browser(ChromeDriver driver, Path page, Logger chatter) {
        this.driver = driver;
        this.chatter = chatter;
        this.page = page;
    }

    /** Opens the page in the chromium and chromedriver of the PATH. */
    static Browser open(String html, Path folder) throws IOException {
        Optional<Path> chromedriver = program("chromedriver");
        Optional<Path> chromium = program("chromium", "chromium-browser", "google-chrome", "chrome");
        assumeTrue(chromedriver.isPresent() && chromium.isPresent(), "no chromium with chromedriver on the PATH");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-quic",
                "--no-first-run",
                "--window-size=1280,1000");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        Path page = Files.writeString(folder.resolve("report.html"), html);
        Logger chatter = Logger.getLogger("org.openqa.selenium");
        chatter.setLevel(Level.SEVERE);
        Browser browser = new Browser(new ChromeDriver(service, options), page, chatter);
        // A page answers some events, such as the opening of a table, a moment after they happened.
        browser.driver.manage().timeouts().implicitlyWait(Duration.ofMinutes(1));
        browser.driver.get(page.toUri().toString());
        return browser;
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Runs a script in the page and returns its answer. */
    Object ask(String script) {
        Object answer = ((JavascriptExecutor) driver).executeScript("return " + script);
        return answer == null ? "null" : answer;
    }

    /** Whether a condition holds in the page within a minute. */
    boolean becomes(String condition) {
        for (int i = 0; i < 600; i++) {
            if (Boolean.TRUE.equals(ask(condition))) {
                return true;
            }
            LockSupport.parkNanos(100_000_000);
        }
        return false;
    }

    /** Whatever the page wrote to the console; the remark on our own reading of pixels is left out. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .filter(complaint -> !complaint.contains("willReadFrequently"))
                .toList();
    }

    /** The addresses that the page asked for, other than its own file and data inside it. */
    List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> entry.getMessage())
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .map(message -> message.replaceAll("(?s).*?\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1"))
                .filter(url ->
                        !url.startsWith("data:") && !url.equals(page.toUri().toString()))
                .toList();
    }

    /** Makes the page dark or light, as the reader's system would. */
    void prefers(String colorScheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
    }

    @Override
    public void close() {
        driver.quit();
        chatter.setLevel(null);
    }

    private static Optional<Path> program(String... names) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(names)
                .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
