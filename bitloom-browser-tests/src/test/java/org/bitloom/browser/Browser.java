package org.bitloom.browser;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A Chromium without a window. It finds no host but this machine, and remembers what pages say on
 * the console and what they ask the network for.
 */
final class Browser implements AutoCloseable {
  /** Where screenshots and printed pages are left to be looked at. */
  static final Path PICTURES = Path.of("target", "pictures");

  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");
  private static final int HEIGHT = 900;
  private static final int MOST_REDRAWN = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts the installed Chromium with the installed driver. */
  static Browser start() {
    SELENIUM.setLevel(Level.SEVERE); // warns that it knows no commands of so new a Chromium
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Programs.chromium().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // root has none
        "--disable-dev-shm-usage", // small in containers
        "--disable-background-networking",
        "--no-first-run",
        "--hide-scrollbars",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService driver =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Programs.driver().toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(driver, options));
  }

  /** Opens a file as a user would who clicks on it, 1,200 pixels wide and light. */
  void open(Path page) {
    open(page.toAbsolutePath().toUri());
  }

  /** Opens an address, 1,200 pixels wide and light. */
  void open(URI address) {
    driver.get("about:blank");
    width(1200);
    scheme("light");
    errors();
    requests();
    command("Performance.enable", Map.of("timeDomain", "threadTicks"));
    driver.get(address.toString());
    settle();
  }

  /** Waits for the frames in which charts hear how wide they are and are drawn anew. */
  private void settle() {
    asynchronous(
        """
        const done = arguments[0];
        const frames = (left) => (left ? requestAnimationFrame(() => frames(left - 1)) : done());
        frames(3);
        """);
  }

  void width(int pixels) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Makes the system's choice {@code light} or {@code dark}. */
  void scheme(String name) {
    command(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
  }

  /** Returns and forgets the errors on the console, thrown or written. */
  List<String> errors() {
    return BrowserLog.errors(driver);
  }

  /** Returns and forgets the addresses asked for, those of data inside of the page left out. */
  List<String> requests() {
    return BrowserLog.requests(driver);
  }

  /** Runs a script in the page; what it returns comes as strings, numbers, lists and maps. */
  Object script(String text, Object... arguments) {
    return driver.executeScript(text, arguments);
  }

  /** Runs a script in the page that returns a whole number. */
  int count(String text, Object... arguments) {
    return ((Number) script(text, arguments)).intValue();
  }

  /** Runs a script that hands what it finds to the function that is its last argument. */
  Object asynchronous(String text) {
    return driver.executeAsyncScript(text);
  }

  /** Presses a key on an element, as a user who has moved the focus to it. */
  void press(String selector, Keys key) {
    ofElement(
        selector,
        element -> {
          element.sendKeys(key);
          return element;
        });
  }

  String attribute(String selector, String name) {
    return ofElement(selector, element -> element.getAttribute(name));
  }

  /** Returns the text of an element that is seen. */
  String text(String selector) {
    return ofElement(selector, WebElement::getText);
  }

  boolean isShown(String selector) {
    return ofElement(selector, WebElement::isDisplayed);
  }

  /** Does something with an element, with the one in its place if the page is just drawn anew. */
  private <T> T ofElement(String selector, Function<WebElement, T> action) {
    for (int redrawn = 0; ; redrawn++) {
      try {
        return action.apply(driver.findElement(By.cssSelector(selector)));
      } catch (StaleElementReferenceException e) {
        if (redrawn == MOST_REDRAWN) {
          throw e;
        }
      }
    }
  }

  /** Counts the elements there are. */
  int number(String selector) {
    return driver.findElements(By.cssSelector(selector)).size();
  }

  /** Returns an attribute of elements as it is written, of all of them in one moment. */
  List<String> attributes(String selector, String name) {
    return strings(
        """
        return [...document.querySelectorAll(arguments[0])]
            .map(node => node.getAttribute(arguments[1]));
        """,
        selector,
        name);
  }

  /** Returns the texts of elements as they are in one moment: a page may be drawn anew any time. */
  List<String> texts(String selector) {
    return strings(
        "return [...document.querySelectorAll(arguments[0])].map(node => node.textContent);",
        selector);
  }

  private List<String> strings(String script, Object... arguments) {
    return ((List<?>) script(script, arguments)).stream().map(String.class::cast).toList();
  }

  /** Presses a key where the focus is. */
  void press(Keys key) {
    new Actions(driver).sendKeys(key).perform();
  }

  /** Presses the tabulator so often. */
  void tabulate(int times) {
    Actions keys = new Actions(driver);
    for (int i = 0; i < times; i++) {
      keys.sendKeys(Keys.TAB);
    }
    keys.perform();
  }

  /** Waits until there is an element. */
  void waitFor(String selector) {
    waitUntil(() -> number(selector) > 0);
  }

  /** Waits until something holds; if it never does, the page as it was then is in the failure. */
  void waitUntil(BooleanSupplier holds) {
    new WebDriverWait(driver, PATIENCE)
        .withMessage(() -> "it did not come to pass on this page:\n" + text())
        .until(unused -> holds.getAsBoolean());
  }

  /** Returns the text that is seen. */
  String text() {
    return text("body");
  }

  /** Returns the processor's time that the page has taken so far to be read, run and drawn. */
  Duration work() {
    double seconds = 0;
    for (Object metric : (List<?>) command("Performance.getMetrics", Map.of()).get("metrics")) {
      if (((Map<?, ?>) metric).get("name").equals("TaskDuration")) {
        seconds = ((Number) ((Map<?, ?>) metric).get("value")).doubleValue();
      }
    }
    return Duration.ofMillis((long) (1000 * seconds));
  }

  /** Does what makes the page save a file, and returns the lines of it. */
  List<String> saved(Runnable click) throws IOException {
    Path folder = Files.createTempDirectory("saved");
    command(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toString()));
    click.run();
    Path file = new WebDriverWait(driver, PATIENCE).until(unused -> SavedFile.in(folder));
    List<String> lines = Files.readAllLines(file);
    Files.delete(file);
    Files.delete(folder);
    return lines;
  }

  /** Opens everything that can be opened. */
  void openAll() {
    script("document.querySelectorAll('details').forEach(part => part.open = true);");
    // A part is built when the page hears that it was opened.
    asynchronous("setTimeout(arguments[0], 0);");
  }

  /** Says by how many pixels the page can be moved sideways. */
  int sideways() {
    return count(
        "const page = document.scrollingElement; return page.scrollWidth - page.clientWidth;");
  }

  /** Writes a picture of the whole page, and returns its file. */
  Path screenshot(String name) throws IOException {
    Map<String, Object> shot =
        command("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
    return write(name + ".png", shot);
  }

  /** Prints the page and returns the file. */
  Path print(String name) throws IOException {
    return write(name + ".pdf", command("Page.printToPDF", Map.of("printBackground", false)));
  }

  private static Path write(String name, Map<String, Object> answer) throws IOException {
    Files.createDirectories(PICTURES);
    byte[] bytes = Base64.getDecoder().decode((String) answer.get("data"));
    return Files.write(PICTURES.resolve(name), bytes);
  }

  private Map<String, Object> command(String name, Map<String, Object> parameters) {
    return driver.executeCdpCommand(name, parameters);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
