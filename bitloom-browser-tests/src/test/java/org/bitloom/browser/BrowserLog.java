package org.bitloom.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.json.Json;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** What a browser remembers of a page: what it said on the console and asked the network for. */
final class BrowserLog {
  private BrowserLog() {}

  /** Returns and forgets the errors on the console, thrown or written. */
  static List<String> errors(ChromeDriver driver) {
    List<String> errors = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
        errors.add(entry.getMessage());
      }
    }
    return errors;
  }

  /** Returns and forgets the addresses asked for, those of data inside of the page left out. */
  static List<String> requests(ChromeDriver driver) {
    List<String> addresses = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      Map<?, ?> message = inside(new Json().toType(entry.getMessage(), Json.MAP_TYPE), "message");
      if ("Network.requestWillBeSent".equals(message.get("method"))) {
        String address = (String) inside(inside(message, "params"), "request").get("url");
        if (!address.startsWith("data:") && !address.startsWith("blob:")) {
          addresses.add(address);
        }
      }
    }
    return addresses;
  }

  private static Map<?, ?> inside(Map<?, ?> map, String key) {
    return (Map<?, ?>) map.get(key);
  }
}
